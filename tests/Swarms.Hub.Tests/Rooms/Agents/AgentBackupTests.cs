using Swarms.Hub.Hosting;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Rooms.Agents;

public sealed class AgentBackupTests : IDisposable
{
    private const string Key = "sk-of-the-agent-51f0aa";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-agents-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Backup_Of_A_Running_Hub_Takes_The_Keys_Along_And_Restore_Puts_Them_In_Place()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync(new { llm_api_key = Key });
        var backup = Path.Combine(_folder.FullName, "backup.db");
        (await HubStart.TryAsync(_folder.FullName, "backup", backup, "--Storage:Path", scripted.Hub.DatabasePath)).Ended(0);
        Assert.Single(Directory.GetFiles($"{backup}.keys"));
        // A second backup would mix its keys with these.
        (await HubStart.TryAsync(_folder.FullName, "backup", backup, "--Storage:Path", scripted.Hub.DatabasePath)).Ended(1);

        // A hub that has been elsewhere has keys of its own, which are set aside with its database.
        var database = Path.Combine(_folder.FullName, "hub.db");
        await using (var other = HubUnderTest.Start(("Storage:Path", database)))
            await (await other.CreateRoomAsync()).AddWriterAsync(new { llm_api_key = "sk-of-another" });

        (await HubStart.TryAsync(_folder.FullName, "restore", backup, "--Storage:Path", database)).Ended(0);
        Assert.Contains(Directory.GetDirectories(_folder.FullName), path => path.Contains(".replaced-", StringComparison.Ordinal));
        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer().Body(Sse.Done);
        await using var restored = HubUnderTest.Start(
            ("Storage:Path", database), ("Upstream:BaseAddress", upstream.BaseAddress.ToString()),
            ("Upstream:ApiKey", ScriptedHub.ApiKey));
        await scripted.Host.At(restored.Address).StartAgentAsync();

        Assert.Equal(Key, (await answer.Requested).Json.GetProperty("agent_config").GetProperty("llm_api_key").GetString());
    }

    [Fact]
    public async Task Restored_Copy_Without_Keys_Starts_And_Says_What_To_Do()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync(new { llm_api_key = Key });
        var backup = Path.Combine(_folder.FullName, "backup.db");
        (await HubStart.TryAsync(_folder.FullName, "backup", backup, "--Storage:Path", scripted.Hub.DatabasePath)).Ended(0);
        Directory.Delete($"{backup}.keys", recursive: true);
        var database = Path.Combine(_folder.FullName, "hub.db");
        (await HubStart.TryAsync(_folder.FullName, "restore", backup, "--Storage:Path", database)).Ended(0);

        await using var restored = HubUnderTest.Start(("Storage:Path", database));

        (await scripted.Host.At(restored.Address).TryStartAgentAsync()).IsProblem(409, ErrorCodes.Conflict);
    }
}
