using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class HubCommandsTests : IAsyncLifetime
{
    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string Hub => _hub.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _hub.Answer("POST /api/rooms", new RoomAdmission { Room = Frames.Room, Member = Ada, Token = "token1" }, 201);
        _hub.Answer("POST /api/join", new RoomAdmission { Room = Frames.Room, Member = Ada, Token = "token2" });
        var invite = new Invite { Id = "i1", Role = MemberRoles.Participant, ExpiresAt = Ada.JoinedAt };
        _hub.Answer("POST /api/rooms/room1/invites", new InviteCreated { Invite = invite, Url = $"{Hub}/join#secret", Code = "ABC-DEF" }, 201);
        _hub.Answer("POST /api/rooms/room1/runs", new RunStarted { Run = DoneRun("") with { State = RunStates.Queued, Position = 2 } }, 202);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData]
    [InlineData("dance")]
    [InlineData("create")]
    [InlineData("join")]
    [InlineData("run")]
    [InlineData("run", "task", "--agnet", "x")]
    [InlineData("create", "room", "--invite-role", "king")]
    [InlineData("watch", "room1")]
    public async Task Command_Line_That_Makes_No_Sense_Is_Refused(params string[] arguments)
    {
        var result = await _user.RunAsync(arguments);

        Assert.Equal(HubCommands.Failed, result.Code);
        Assert.NotEmpty(result.Error);
        Assert.Empty(_hub.Calls);
    }

    [Theory]
    [InlineData("No room is saved here: create or join one first, or give --room and --token.", "watch")]
    [InlineData("No token for room r9 is saved here: join it first, or give --token.", "watch", "--room", "r9")]
    [InlineData("A token is for one room: say which by --room.", "run", "task", "--token", "t")]
    [InlineData("A hub's address begins with http:// or https://, unlike 'localhost:5080'.", "create", "x", "--hub", "localhost:5080")]
    public async Task What_Is_Missing_Is_Said_In_One_Sentence(string sentence, params string[] arguments)
    {
        var result = await _user.RunAsync(arguments);

        Assert.Equal((HubCommands.Failed, "", sentence), (result.Code, result.Output, result.Error.Trim()));
    }

    [Fact]
    public async Task Create_Prints_Room_Token_And_Invite_And_Saves_The_Room()
    {
        var result = await _user.RunAsync("create", "Biology", "--hub", Hub + "/", "--name", "Ada", "--operator-key", "key");

        Assert.Equal(0, result.Code);
        Assert.Equal(
            ("room1", "token1", $"{Hub}/join#secret", "ABC-DEF"),
            (result.Field("room"), result.Field("token"), result.Field("invite"), result.Field("code")));
        Assert.Equal("Bearer key", _hub.Calls.First().Authorization);
        Assert.Equal(new SavedSession(Hub, "room1", "token1"), new SavedSessions(_user.SettingsFolder).Find(null, null));
    }

    [Fact]
    public async Task Join_By_A_Link_Goes_To_The_Hub_Of_The_Link()
    {
        var result = await _user.RunAsync("join", $"{Hub}/join#secret", "--name", "Bob");

        Assert.Equal((0, "token2"), (result.Code, result.Field("token")));
        Assert.Equal(new SavedSession(Hub, "room1", "token2"), new SavedSessions(_user.SettingsFolder).Find(Hub, "room1"));
    }

    [Fact]
    public async Task Saved_Room_Needs_Neither_Hub_Nor_Token()
    {
        await _user.RunAsync("create", "Biology", "--hub", Hub);

        var result = await _user.RunAsync("run", "Explain", "--detach");

        Assert.Equal((0, "r1"), (result.Code, result.Output.Trim()));
        Assert.Equal("Bearer token1", _hub.Calls.Last().Authorization);
    }

    [Fact]
    public async Task Environment_Says_Hub_And_Token()
    {
        _user.Environment["SWARMS_HUB_URL"] = Hub;
        _user.Environment["SWARMS_HUB_TOKEN"] = "token9";

        var result = await _user.RunAsync("run", "Explain", "--detach", "--room", "room1");

        Assert.Equal(0, result.Code);
        Assert.Equal("Bearer token9", _hub.Calls.Last().Authorization);
    }

    [Fact]
    public async Task Run_Prints_The_Text_Alone_On_Standard_Output()
    {
        var running = RunAsync("run", "-", "--agent", "Teacher", "--model", "m");
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(4, runs: DoneRun("") with { State = RunStates.Running, Text = "Leaves ", Sha256 = null, Bytes = null }));
        viewer.Send(Events(Chunk(5, "are "), Chunk(6, "not mine", run: "r2"), Chunk(7, "green.\n")));
        viewer.Send(Events(Event(8, EventTypes.Usage, new { inputTokens = 3, outputTokens = 4, totalTokens = (int?)null, cost = 0.5m }, "r1"), Done(9, "Leaves are green.\n")));
        var result = await running;

        Assert.Equal((0, "Leaves are green.\n"), (result.Code, result.Output));
        Assert.Contains("run r1: waiting, number 2 in the queue", result.Error, StringComparison.Ordinal);
        Assert.Contains("done · 3 tokens in, 4 tokens out, cost 0.5 · verified", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"task\":\"From standard input\"", _hub.Calls.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_That_Fails_Ends_With_Another_Code_And_The_Reason()
    {
        var running = RunAsync("run", "Explain");
        (await _hub.NextViewerAsync()).Send(
            Snapshot(2), Events(Queued(3), Chunk(4, "Half")), Events(Event(5, EventTypes.Error, new { code = "upstream_idle", message = "Silence." }, "r1")));
        _hub.Answer("GET /api/rooms/room1/runs/r1", DoneRun("") with { State = RunStates.Queued });
        var result = await running;

        Assert.Equal((HubCommands.Failed, "Half"), (result.Code, result.Output));
        Assert.Contains("error: Silence. (upstream_idle)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Goes_On_In_The_Text_After_A_Lost_Connection_And_A_Snapshot()
    {
        var running = RunAsync("run", "Explain");
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(4, runs: DoneRun("") with { State = RunStates.Running, Text = "one ", Sha256 = null, Bytes = null }));
        viewer.Cut();
        (await _hub.NextViewerAsync()).Send(Snapshot(40, SnapshotReasons.Behind, runs: DoneRun("one two three")));
        var result = await running;

        Assert.Equal((0, "one two three"), (result.Code, result.Output));
    }

    [Theory]
    [InlineData(false, "The run goes on.")]
    [InlineData(true, "run r1: cancelled (requested)")]
    public async Task Interrupting_Run_Cancels_Only_If_Told_So(bool cancelOnExit, string said)
    {
        _hub.Answer("POST /api/rooms/room1/runs/r1/cancel", DoneRun("") with { State = EventTypes.Cancelled, Reason = "requested" });
        using var ctrlC = new CancellationTokenSource();
        string[] arguments = ["run", "Explain", "--hub", Hub, "--room", "room1", "--token", "t"];
        var running = _user.RunAsync(cancelOnExit ? [.. arguments, "--cancel-on-exit"] : arguments, ctrlC.Token);
        var viewer = await _hub.NextViewerAsync();

        await ctrlC.CancelAsync();
        var result = await running.InTime();

        await viewer.Ended;
        Assert.Equal(HubCommands.Interrupted, result.Code);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Equal(cancelOnExit, _hub.Calls.Any(call => call.Call.EndsWith("/cancel", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Watch_Prints_Lines_Where_There_Is_No_Terminal_And_Takes_No_Orders_From_Texts()
    {
        using var ctrlC = new CancellationTokenSource();
        var watching = _user.RunAsync(["watch", "--hub", Hub, "--room", "room1", "--token", "t"], ctrlC.Token);
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(
            Snapshot(2), Events(Queued(3), Chunk(4, "one\ntw"), Chunk(5, "o \u001b[2Jthree")),
            Events(Said(6), Done(7, "one\ntwo \u001b[2Jthree"), Event(8, EventTypes.Reaction, new { emoji = "👍", target = 6 })));
        viewer.Fail("not_found: The room was deleted.");
        var result = await watching;

        Assert.Equal(HubCommands.Failed, result.Code);
        Assert.Equal(
            [
                "room Biology: Ada (host)", "12:00:03 Ada asks Teacher (m): Explain", "Teacher (m)| one", "12:00:06 Ada: message 6",
                "Teacher (m)| two [2Jthree", "12:00:07 Teacher (m): done", "12:00:08 Ada reacts 👍 to 6",
            ],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("The room was deleted. (not_found)\n", result.Error, StringComparison.Ordinal);
    }

    private Task<ConsoleResult> RunAsync(params string[] arguments) =>
        _user.RunAsync([.. arguments, "--hub", Hub, "--room", "room1", "--token", "t"], CancellationToken.None, "From standard input");
}
