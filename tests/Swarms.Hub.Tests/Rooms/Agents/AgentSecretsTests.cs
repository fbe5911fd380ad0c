using System.Text;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Rooms.Agents;

public sealed class AgentSecretsTests
{
    private const string Key = "sk-of-the-agent-51f0aa";

    // No part of its place looks like a credential.
    private const string Plain = "plain-value-9c1d77";

    private static readonly Dictionary<string, string> Secrets = new() { ["llm_api_key"] = Key, ["mcp_config.organisation"] = Plain };

    [Fact]
    public async Task Answer_That_Quotes_An_Agents_Secret_Is_Redacted_Also_Across_Chunks()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer()
            .Body(Sse.Chunk($"I was given {Key} and {Plain}. "))
            .Body(Sse.Chunk($"Again: {Plain[..9]}"))
            .Body(Sse.Chunk($"{Plain[9..]}, {Key[..7]}"))
            .Body(Sse.Chunk($"{Key[7..]}.") + Sse.Done);
        await scripted.Host.AddWriterAsync(Secrets);

        var run = await scripted.Host.StartAgentAsync();
        await scripted.Host.EndsOnceAsync(run.Id);

        Assert.Equal(
            "I was given [redacted] and [redacted]. Again: [redacted], [redacted].", (await scripted.Host.FindAsync(run.Id)).Text);
    }

    [Fact]
    public async Task Secrets_Are_In_No_File_Event_Transcript_Or_Log()
    {
        await using var hub = await HubProcess.StartNewAsync("--Logging:LogLevel:Default=Trace", "--Runs:DrainTimeout=00:00:00");
        var admission = await hub.CreateRoomAsync();
        var host = new Caller(hub.Address, admission.Token);
        var path = $"/api/rooms/{admission.Room.Id}";
        var set = await host.PutAsync($"{path}/agents/writer", AgentCalls.Writer(Secrets));
        Assert.Equal(201, set.Status);
        var shown = new StringBuilder(set.Text);
        var started = await host.PostAsync($"{path}/runs", new { agent = "writer", task = "Tell a story" });
        shown.Append(started.Text);
        var run = started.Json.GetProperty("run").GetProperty("id").GetString();
        await using (var viewer = await TestViewer.JoinAsync(hub.Address, admission))
        {
            await viewer.WaitAsync(() => viewer.FindRun(run!)?.Text?.Length > 0);
            Assert.Equal(200, (await host.PostAsync($"{path}/runs/{run}/cancel", new { })).Status);
            await viewer.EndOfAsync(run!);
        }

        string[] parts =
            ["", "/events?after=0&limit=1000", "/runs", $"/runs/{run}", "/transcript?format=md", "/transcript?format=txt",
                "/transcript?format=json", "/transcript?format=html", "/transcript?format=csv", "/transcript?format=replay"];
        foreach (var part in parts)
            shown.Append((await host.GetAsync(path + part)).Text);

        Assert.Contains("mcp_config.organisation", shown.ToString(), StringComparison.Ordinal);
        await hub.StopAsync();
        var files = Directory.GetFiles(hub.Directory, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.Contains(".keys", StringComparison.Ordinal));
        var stored = string.Concat(files.Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("Tell a story", stored, StringComparison.Ordinal);
        Assert.All(
            (string[])[Key, Plain, Convert.ToBase64String(Encoding.UTF8.GetBytes(Key))],
            secret => Assert.All(
                (string[])[shown.ToString(), stored, hub.Output],
                text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Keys_Lie_In_A_Folder_Beside_The_Database_That_Only_Its_Owner_May_Read()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        Assert.False(Directory.Exists($"{hub.DatabasePath}.keys"));

        await host.AddWriterAsync(Secrets);

        var file = Assert.Single(Directory.GetFiles($"{hub.DatabasePath}.keys"));
        if (OperatingSystem.IsWindows())
            return;

        Assert.Equal(
            (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, UnixFileMode.UserRead | UnixFileMode.UserWrite),
            (File.GetUnixFileMode($"{hub.DatabasePath}.keys"), File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Secrets_Are_Readable_After_A_Restart()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync(Secrets);
        await scripted.Hub.StopAsync();

        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer().Body(Sse.Done);
        await using var again = scripted.Hub.Restart(
            ("Upstream:BaseAddress", upstream.BaseAddress.ToString()), ("Upstream:ApiKey", ScriptedHub.ApiKey));
        await scripted.Host.At(again.Address).StartAgentAsync();

        Assert.Equal(Key, (await answer.Requested).Json.GetProperty("agent_config").GetProperty("llm_api_key").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lost_Or_Damaged_Key_Refuses_The_Run_Until_A_Host_Enters_The_Secrets_Again(bool isLost)
    {
        await using var hub = HubUnderTest.Start(("Runs:DrainTimeout", "00:00:00"));
        var host = await hub.CreateRoomAsync();
        await host.AddWriterAsync(Secrets);
        await hub.StopAsync();
        foreach (var file in Directory.GetFiles($"{hub.DatabasePath}.keys"))
        {
            if (isLost)
                File.Delete(file);
            else
                await File.WriteAllTextAsync(file, "<key", TestContext.Current.CancellationToken);
        }

        await using var again = hub.Restart(("Runs:DrainTimeout", "00:00:00"));
        var back = host.At(again.Address);
        var refused = (await back.TryStartAgentAsync()).IsProblem(409, ErrorCodes.Conflict);
        Assert.Contains(
            "A host must enter them again.", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await back.SetAsync("writer", AgentCalls.Writer(Secrets))).Status);

        await back.StartAgentAsync();
    }

    [Fact]
    public async Task Secret_Is_Kept_Replaced_And_Removed_By_Its_Place()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync(Secrets);

        // Left out: kept. Given: replaced. Null: removed.
        await scripted.Host.SetAsync("writer", AgentCalls.Writer(new Dictionary<string, string?> { ["llm_api_key"] = "sk-replaced-1" }));
        Assert.Equal(["llm_api_key", "mcp_config.organisation"], Assert.Single(await scripted.Host.AgentsAsync()).Secrets);
        await scripted.Host.SetAsync("writer", AgentCalls.Writer(new Dictionary<string, string?> { ["mcp_config.organisation"] = null }));
        Assert.Equal(["llm_api_key"], Assert.Single(await scripted.Host.AgentsAsync()).Secrets);

        var answer = scripted.Upstream.Answer().Body(Sse.Done);
        await scripted.Host.StartAgentAsync();
        var sent = (await answer.Requested).Json.GetProperty("agent_config");
        Assert.Equal("sk-replaced-1", sent.GetProperty("llm_api_key").GetString());
        Assert.False(sent.GetProperty("mcp_config").TryGetProperty("organisation", out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ciphertext_Goes_With_Its_Agent_And_With_Its_Room(bool withRoom)
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await host.AddWriterAsync(Secrets);
        Assert.Equal(2, Count(hub));

        Assert.Equal(204, (await (withRoom ? host.DeleteAsync(host.Path) : host.RemoveAsync("writer"))).Status);

        // The rows of a deleted room go between two commits, and before the hub stops where there is nothing else to do.
        await Until.TrueAsync(() => Count(hub) == 0);
    }

    private static long Count(HubUnderTest hub)
    {
        using var connection = new SqliteConnection($"Data Source={hub.DatabasePath};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM agent_secrets", connection);
        return (long)command.ExecuteScalar()!;
    }
}
