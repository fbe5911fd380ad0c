using System.Text.Json;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.EndToEnd;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>Every command against the hub itself, as two people at two consoles give them.</summary>
public sealed class ConsoleEndToEndTests(StartedHub started) : IClassFixture<StartedHub>, IDisposable
{
    private readonly ConsoleUser _ada = new();
    private readonly ConsoleUser _bob = new();

    private string Hub => started.Hub.Address.ToString();

    public void Dispose()
    {
        _ada.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public async Task Two_People_Talk()
    {
        await MeetAsync("viewer");

        var said = (await DoneAsync(_bob, "say", "Hello 👋")).Output.Trim();
        await DoneAsync(_ada, "react", said, "👍");
        await DoneAsync(_bob, "hand");

        Assert.Matches($"(?m)^\\S+  host         Ada \\(you\\)$\n^\\S+  viewer       Bob ✋$", (await DoneAsync(_ada, "members")).Output);
        await DoneAsync(_bob, "hand", "down");
        Assert.DoesNotContain("✋", (await DoneAsync(_ada, "members")).Output, StringComparison.Ordinal);
        Assert.Contains("Hello 👋", (await DoneAsync(_bob, "transcript", "--format", "txt")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_Decides_About_Proposals()
    {
        await MeetAsync("participant");
        var settings = (await DoneAsync(_ada, "settings", "moderated=true", "retentionSeconds=86400")).Output;
        Assert.Matches("(?m)^moderated +true +the room's$", settings);
        Assert.Matches("(?m)^locked +false +the hub's$", settings);
        Assert.Equal(settings, (await DoneAsync(_bob, "settings")).Output);

        var first = (await DoneAsync(_bob, "run", "--detach", "First idea")).Output.Trim();
        var second = (await DoneAsync(_bob, "run", "--detach", "Second idea")).Output.Trim();
        await DoneAsync(_ada, "support", second);
        await DoneAsync(_ada, "place", second, "--before", first);
        Assert.Equal($"{second}  1  Bob  Second idea\n{first}  0  Bob  First idea\n", (await DoneAsync(_bob, "proposals")).Output);

        await DoneAsync(_ada, "support", second, "--take-back");
        await DoneAsync(_ada, "approve", second, "--task", "Third idea");
        var declined = await DoneAsync(_ada, "decline", first, "--reason", "Later, please.");
        Assert.Equal($"run {first}: declined · Later, please.\n", declined.Error);
        Assert.Empty((await DoneAsync(_ada, "proposals")).Output);
        var transcript = (await DoneAsync(_bob, "transcript", "--format", "txt")).Output;
        Assert.Contains("Third idea", transcript, StringComparison.Ordinal);
        Assert.Contains("Proposed task: Second idea", transcript, StringComparison.Ordinal);

        await DoneAsync(_ada, "settings", "moderated=", "locked=true");
        var refused = await _bob.RunAsync("say", "hello");
        Assert.Equal("The room is locked: only hosts act at the moment. Ask Ada, its host. (forbidden)\n", refused.Error);
        refused = await _ada.RunAsync("settings", "lokced=true");
        Assert.Contains("The settings are agentsOnly, archived", refused.Error, StringComparison.Ordinal);
        refused = await _ada.RunAsync("settings", "locked");
        Assert.Contains("write NAME=VALUE", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_Answer_Edit_And_Take_Back_And_A_Host_Lowers_Hands_And_Removes()
    {
        await MeetAsync("viewer");
        var said = (await DoneAsync(_bob, "say", "Helo")).Output.Trim();
        var answer = (await DoneAsync(_ada, "say", "Welcome", "--reply", $"#{said}")).Output.Trim();
        await DoneAsync(_bob, "edit", said, "Hello there");
        await DoneAsync(_ada, "react", said, "👍");
        await DoneAsync(_ada, "unreact", said, "👍");
        var transcript = (await DoneAsync(_bob, "transcript", "--format", "txt")).Output;
        Assert.Contains($"(#{answer}, in reply to #{said})", transcript, StringComparison.Ordinal);
        Assert.Contains("Hello there", transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("Helo", transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("reacts", transcript, StringComparison.Ordinal);

        Assert.EndsWith("(forbidden)\n", (await _ada.RunAsync("edit", said, "forged")).Error, StringComparison.Ordinal);
        await DoneAsync(_ada, "remove", said);
        Assert.Contains("Removed by Ada", (await DoneAsync(_bob, "transcript", "--format", "txt")).Output, StringComparison.Ordinal);
        Assert.EndsWith("(conflict)\n", (await _bob.RunAsync("say", "Why?", "--reply", said)).Error, StringComparison.Ordinal);

        await DoneAsync(_bob, "hand");
        await DoneAsync(_ada, "hand");
        Assert.Matches("(?m)Ada ✋2 \\(you\\)$\n.*Bob ✋1$", (await DoneAsync(_ada, "members")).Output);
        await DoneAsync(_ada, "hand", "down", "--all");
        Assert.DoesNotContain("✋", (await DoneAsync(_ada, "members")).Output, StringComparison.Ordinal);
        Assert.Contains("own hand", (await _ada.RunAsync("hand", "up", "--all")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_Changes_And_Removes_A_Member()
    {
        await MeetAsync("viewer");
        var members = (await DoneAsync(_ada, "members")).Output.Split('\n');
        var bob = members.Single(line => line.EndsWith("Bob", StringComparison.Ordinal)).Split(' ')[0];

        var changed = await DoneAsync(_ada, "change-member", bob, "--role", "participant", "--name", "Robert");
        Assert.Equal("Robert: participant\n", changed.Error);

        await DoneAsync(_ada, "remove-member", bob);
        var refused = await _bob.RunAsync("say", "Am I still here?");
        Assert.Equal(ExitCodes.Failed, refused.Code);
        Assert.EndsWith("(unauthenticated)\n", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_That_Was_Taken_Back_Lets_Nobody_In_And_Leaves_Nothing_Behind()
    {
        await DoneAsync(_ada, "create", "Biology", "--name", "Ada", "--hub", Hub);
        var invite = await DoneAsync(_ada, "invite", "--max-uses", "1", "--expires-in", "1h");
        await DoneAsync(_ada, "revoke-invite", invite.Field("id"));

        var refused = await _bob.RunAsync("join", invite.Field("invite"), "--name", "Bob");

        Assert.Equal((ExitCodes.Failed, ""), (refused.Code, refused.Output));
        Assert.Empty((await DoneAsync(_bob, "rooms")).Output);
    }

    [Fact]
    public async Task Embed_Shows_One_Run_By_Its_Token_Until_It_Is_Revoked()
    {
        await DoneAsync(_ada, "create", "Biology", "--name", "Ada", "--hub", Hub);
        var text = (await DoneAsync(_ada, "run", "Tell of leaves")).Output;
        var run = (await DoneAsync(_ada, "runs")).Output.Split(' ')[0];
        var embed = await DoneAsync(_ada, "embed", run, "--expires-in", "1d", "--hide-task");
        var token = embed.Output.Split("token=\"")[1].Split('"')[0];
        Assert.Contains($"src=\"{Hub.TrimEnd('/')}/embed/swarms-run.js\"", embed.Output, StringComparison.Ordinal);

        var followed = await DoneAsync(_bob, "follow-embed", run, token, "--hub", Hub);

        Assert.Equal(text.Trim(), followed.Output.Trim());
        var listed = (await DoneAsync(_ada, "embeds")).Output;
        Assert.Contains($"run {run}", listed, StringComparison.Ordinal);
        Assert.Contains("without the task", listed, StringComparison.Ordinal);
        await DoneAsync(_ada, "revoke-embed", listed.Split(' ')[0]);
        Assert.Empty((await DoneAsync(_ada, "embeds")).Output);
        var refused = await _bob.RunAsync("follow-embed", run, token, "--hub", Hub);
        Assert.EndsWith("(unauthenticated)\n", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_Leaves_And_The_Room_Is_Forgotten()
    {
        await MeetAsync("participant");

        await DoneAsync(_bob, "leave");

        Assert.Empty((await DoneAsync(_bob, "rooms")).Output);
        Assert.DoesNotContain("Bob", (await DoneAsync(_ada, "members")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_Is_Renamed_And_Deleted()
    {
        await MeetAsync("viewer");

        await DoneAsync(_ada, "rename", "Chemistry");
        Assert.StartsWith("# Chemistry", (await DoneAsync(_bob, "transcript")).Output, StringComparison.Ordinal);

        await DoneAsync(_ada, "delete", "--yes");
        Assert.Empty((await DoneAsync(_ada, "rooms")).Output);
        Assert.EndsWith("(not_found)\n", (await _bob.RunAsync("members")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_Are_Started_Cancelled_Listed_And_Read_Again()
    {
        await DoneAsync(_ada, "create", "Biology", "--name", "Ada", "--hub", Hub);
        var request = Path.Combine(_ada.ConfigurationFolder, "request.json");
        const string Slow = """{"task":"Explain leaves","simulation":{"chunksPerSecond":5,"chunks":5000}}""";
        await File.WriteAllTextAsync(request, Slow, TestContext.Current.CancellationToken);

        var slow = (await DoneAsync(_ada, "run", "--request", request, "--detach")).Output.Trim();
        Assert.Contains(slow, (await DoneAsync(_ada, "runs", "--search", "leaves")).Output, StringComparison.Ordinal);
        Assert.Equal($"run {slow}: cancelled (requested)\n", (await DoneAsync(_ada, "cancel", slow)).Error);
        Assert.Equal(ExitCodes.Failed, (await _ada.RunAsync("follow", slow)).Code);

        var run = await DoneAsync(_ada, "run", "Explain roots", "--agent", "Teacher");
        var id = (await DoneAsync(_ada, "runs", "--limit", "1")).Output.Split(' ')[0];
        Assert.Equal(run.Output, (await DoneAsync(_ada, "follow", id)).Output);
        var transcript = JsonElement.Parse((await DoneAsync(_ada, "transcript", "--format", "json")).Output);
        Assert.Equal("Biology", transcript.GetProperty("room").GetProperty("name").GetString());
        Assert.Contains("<html", (await DoneAsync(_ada, "transcript", "--format", "html", "--run", id)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_Limits_The_Room_And_Sees_What_It_Used()
    {
        await MeetAsync("participant");
        await DoneAsync(_ada, "settings", "budget.memberTokens=100000", "showMoney=hosts");
        var settings = (await DoneAsync(_ada, "settings", "budget.models=gpt-4o")).Output;
        Assert.Matches("(?m)^budget\\.memberTokens +100000 +the room's$", settings);
        Assert.Matches("(?m)^budget\\.models +gpt-4o +the room's$", settings);

        Assert.EndsWith("(over_budget)\n", (await _bob.RunAsync("run", "A story", "--model", "other")).Error, StringComparison.Ordinal);
        await DoneAsync(_bob, "run", "A story", "--agent", "Writer", "--model", "gpt-4o");
        var spending = (await DoneAsync(_ada, "spending")).Output;
        foreach (var name in new[] { "total", "  Bob", "  Writer", "  gpt-4o" })
            Assert.Matches($"(?m)^{name} +1 +\\d+ \\(\\d+ in, \\d+ out\\) +0\\.\\d+$", spending);

        var hidden = await DoneAsync(_bob, "spending");
        Assert.Matches("(?m)^  Bob +1 +\\d+ \\(\\d+ in, \\d+ out\\)$", hidden.Output);
        Assert.Contains("showMoney", hidden.Error, StringComparison.Ordinal);

        Assert.Matches("(?m)^budget +none +the hub's$", (await DoneAsync(_ada, "settings", "budget=none")).Output);
    }

    [Fact]
    public async Task Server_Says_What_Answers() =>
        Assert.StartsWith("simulator", (await DoneAsync(_ada, "server", "--hub", Hub)).Field("upstream"), StringComparison.Ordinal);

    private async Task MeetAsync(string role)
    {
        var created = await DoneAsync(_ada, "create", "Biology", "--name", "Ada", "--invite-role", role, "--hub", Hub);
        await DoneAsync(_bob, "join", created.Field("invite"), "--name", "Bob");
    }

    private static async Task<ConsoleResult> DoneAsync(ConsoleUser user, params string[] arguments)
    {
        var result = await user.RunAsync(arguments);
        Assert.True(result.Code == 0, $"{string.Join(' ', arguments)} ended with {result.Code}: {result.Error}");
        return result;
    }
}
