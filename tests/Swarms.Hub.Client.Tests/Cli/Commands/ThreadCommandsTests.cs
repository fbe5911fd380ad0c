using System.Text.Json;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The commands that go on from a run: each one's call and its output.</summary>
public sealed class ThreadCommandsTests : IAsyncLifetime
{
    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        var hub = _hub.Address.GetLeftPart(UriPartial.Authority);
        await new SavedSessions(_user.SettingsFolder).SaveAsync(new SavedSession(hub, "room1", "token1"));
        _hub.Answer("POST /api/rooms/room1/runs", new RunStarted { Run = DoneRun("") with { Id = "r9" } }, 202);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"task":"on","continues":"r1"}""", "start", "--continues", "r1", "on")]
    [InlineData("""{"agent":"poet","task":"on","continues":"r1","include":{"since":4}}""",
        "start", "--agent", "poet", "--continues", "r1", "--include-since", "#4", "on")]
    [InlineData("""{"agent":"poet","task":"on","include":{"messages":[4,7]}}""", "start", "--agent", "poet", "--include", "4,#7", "on")]
    [InlineData("""{"supersedes":"r1"}""", "retry", "r1")]
    [InlineData("""{"agent":"poet","task":"anew","supersedes":"r1","include":{"messages":[4]}}""",
        "retry", "r1", "--task", "anew", "--agent", "poet", "--include", "4")]
    public async Task Start_Says_From_Which_Run_It_Goes_On(string sent, params string[] arguments)
    {
        var result = await _user.RunAsync([.. arguments, "--detach"]);

        Assert.Equal((0, "r9\n"), (result.Code, result.Output));
        var body = JsonElement.Parse(_hub.Calls.Last().Body);
        var fields = body.EnumerateObject().Where(field => field.Name is not ("kind" or "idempotencyKey"))
            .ToDictionary(field => field.Name, field => field.Value);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(sent), JsonSerializer.SerializeToElement(fields)), body.GetRawText());
    }

    [Fact]
    public async Task Run_With_A_Request_Of_Its_Own_Continues_Another_Too()
    {
        Assert.Equal(0, (await _user.RunAsync("run", "on", "--continues", "r1", "--detach")).Code);

        var body = JsonElement.Parse(_hub.Calls.Last().Body);
        Assert.Equal("r1", body.GetProperty("continues").GetString());
        Assert.Equal("on", body.GetProperty("request").GetProperty("task").GetString());
    }

    [Theory]
    [InlineData("Option '--agent' is required, unless --continues names a run. See 'swarms-hub start --help'.", "start", "x")]
    [InlineData("'x' is no message's number. See 'swarms-hub retry --help'.", "retry", "r1", "--include", "1,x")]
    [InlineData("'-1' is no message's number. See 'swarms-hub retry --help'.", "retry", "r1", "--include-since=-1")]
    [InlineData("Give --include or --include-since, not both. See 'swarms-hub retry --help'.",
        "retry", "r1", "--include", "1", "--include-since", "2")]
    [InlineData("Required argument missing for command: 'thread'. See 'swarms-hub thread --help'.", "thread")]
    public async Task Command_Line_That_Makes_No_Sense_Is_Refused_In_One_Line(string sentence, params string[] arguments)
    {
        var result = await _user.RunAsync(arguments);

        Assert.Equal((ExitCodes.Failed, "", sentence + "\n"), (result.Code, result.Output, result.Error));
    }

    [Fact]
    public async Task Thread_Is_Listed_As_A_Tree_With_The_Superseded_Runs_Marked()
    {
        var first = DoneRun("") with { Id = "a", Task = "one" };
        Run[] runs =
        [
            Turn("d", 3, "b", "three"),
            Turn("c", 2, "a", "two, again") with { Thread = new RunThread("a", 2) { Continues = "a", Supersedes = "b" } },
            Turn("b", 2, "a", "two"),
            first,
        ];
        _hub.Answer("GET /api/rooms/room1/runs/b", runs[2]);
        _hub.Answer("GET /api/rooms/room1/runs", new RunPage { Runs = runs });

        var result = await _user.RunAsync("thread", "b");

        var title = RunSummary.Title(first);
        Assert.Equal(
            $"a  done  {title}: one\n  b  done (superseded)  {title}: two\n    d  done  {title}: three\n  c  done  {title}: two, again\n",
            result.Output);
        Assert.Contains("thread=a", _hub.Calls.Last().Query, StringComparison.Ordinal);

        Run Turn(string id, int turn, string continues, string task) =>
            first with { Id = id, Task = task, Thread = new RunThread("a", turn) { Continues = continues } };
    }
}
