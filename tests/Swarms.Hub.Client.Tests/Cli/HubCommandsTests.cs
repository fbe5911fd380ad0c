using Microsoft.AspNetCore.Http;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class HubCommandsTests : IAsyncLifetime
{
    private const string NoKing =
        "Argument 'king' not recognized. Must be one of: 'host' 'participant' 'viewer'. See 'swarms-hub create --help'.";

    private const string OneTask = "Give one task: as an argument, by --task-file, or by --request. See 'swarms-hub run --help'.";
    private const string NoHub = "A hub's address begins with http:// or https:// and a host, unlike";
    private const string BadToken = "The token is empty or has spaces or letters beyond ASCII: copy it again.";
    private const string BlankRoom = "The room's id is blank: leave --room out for the room created or joined last.";

    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string Hub => _hub.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _hub.Answer("POST /api/rooms", new RoomAdmission { Room = Frames.Room, Member = Ada, Token = "token1" }, 201);
        _hub.Answer("POST /api/join", new RoomAdmission { Room = Frames.Room, Member = Ada, Token = "token2" });
        var invite = new Invite { Id = "i1", Role = MemberRoles.Participant, ExpiresAt = Ada.JoinedAt };
        var created = new InviteCreated { Invite = invite, Url = $"{Hub}/join#secret", Code = "ABC-DEF" };
        _hub.Answer("POST /api/rooms/room1/invites", created, 201);
        var started = new RunStarted { Run = DoneRun("") with { State = RunStates.Queued, Position = 2 } };
        _hub.Answer("POST /api/rooms/room1/runs", started, 202);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData("Unrecognized command or argument 'dance'. See 'swarms-hub --help'.", "dance")]
    [InlineData("Required command was not provided. See 'swarms-hub --help'.", "--hub", "http://a")]
    [InlineData("Required argument missing for command: 'create'. See 'swarms-hub create --help'.", "create")]
    [InlineData("Required argument missing for command: 'join'. See 'swarms-hub join --help'.", "join")]
    [InlineData("Unrecognized command or argument '--agnet'. See 'swarms-hub run --help'.", "run", "task", "--agnet", "x")]
    [InlineData(NoKing, "create", "room", "--invite-role", "king")]
    [InlineData("Unrecognized command or argument 'room1'. See 'swarms-hub watch --help'.", "watch", "room1")]
    [InlineData(OneTask, "run")]
    [InlineData(OneTask, "run", "task", "--task-file", "x")]
    [InlineData(OneTask, "run", "--task-file", "x", "--request", "y")]
    [InlineData("Give --role, --name, or both. See 'swarms-hub change-member --help'.", "change-member", "m1")]
    [InlineData("'x' is no message's number. See 'swarms-hub react --help'.", "react", "x", "y")]
    [InlineData("'-1' is no whole number. See 'swarms-hub runs --help'.", "runs", "--limit", "-1")]
    [InlineData("'5' is no time such as 90s, 30m, 12h or 7d. See 'swarms-hub invite --help'.", "invite", "--expires-in", "5")]
    [InlineData(
        "'9999999999d' is no time such as 90s, 30m, 12h or 7d. See 'swarms-hub invite --help'.", "invite", "--expires-in:9999999999d")]
    [InlineData("'' is no time such as 90s, 30m, 12h or 7d. See 'swarms-hub invite --help'.", "invite", "--expires-in", "")]
    public Task Command_Line_That_Makes_No_Sense_Is_Refused_In_One_Line(string sentence, params string[] arguments) =>
        IsRefusedAsync(sentence, arguments);

    [Fact]
    public async Task Command_Line_Without_A_Command_Gets_The_Help_Where_It_Is_No_Output()
    {
        var result = await _user.RunAsync();

        Assert.Equal((ExitCodes.Failed, ""), (result.Code, result.Output));
        Assert.Contains("create <room>", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No room is saved here: create or join one first, or give --room and --token.", "watch")]
    [InlineData("No token for room r9 is saved here: join it first, or give --token.", "watch", "--room", "r9")]
    [InlineData("A token is for one room: say which by --room.", "run", "task", "--token", "t")]
    [InlineData(BlankRoom, "watch", "--room", " ")]
    [InlineData(BlankRoom, "run", "x", "--room", "", "--token", "t")]
    [InlineData(BlankRoom, "say", "x", "--room", "\t")]
    [InlineData(BadToken, "run", "x", "--room", "r", "--token", " ")]
    [InlineData(BadToken, "watch", "--room", "r", "--token", "")]
    [InlineData(BadToken, "watch", "--room", "r", "--token", "tökén")]
    [InlineData(BadToken, "leave", "--room", "r", "--token", "a b")]
    [InlineData(BadToken, "hand", "--room", "r", "--token", "a\nb")]
    [InlineData(BadToken, "members", "--room", "r", "--token", "x\u200b")]
    [InlineData(BadToken, "runs", "--room", "r", "--token", "x\u007f")]
    [InlineData("The operator's key is empty or has spaces or letters beyond ASCII: copy it again.", "create", "x", "--operator-key", "ö")]
    [InlineData(NoHub + " 'localhost:5080'.", "create", "x", "--hub", "localhost:5080")]
    [InlineData(NoHub + " 'ftp://a'.", "join", "x", "--hub", "ftp://a")]
    [InlineData(NoHub + " 'http://'.", "server", "--hub", "http://")]
    [InlineData(NoHub + " 'http://a b'.", "create", "x", "--hub", "http://a b")]
    [InlineData(NoHub + " 'http://a:99999'.", "create", "x", "--hub", "http://a:99999")]
    [InlineData(NoHub + " ''.", "create", "x", "--hub", "")]
    public Task Argument_That_Cannot_Be_Used_Is_Told_In_One_Sentence(string sentence, params string[] arguments) =>
        IsRefusedAsync(sentence, arguments);

    [Theory]
    [InlineData("SWARMS_HUB_URL", "localhost", NoHub + " 'localhost'.", "server")]
    [InlineData("SWARMS_HUB_TOKEN", " ", BadToken, "watch", "--room", "r")]
    public Task Variable_That_Cannot_Be_Used_Is_Told_In_One_Sentence(string name, string value, string sentence, params string[] arguments)
    {
        _user.Environment[name] = value;
        return IsRefusedAsync(sentence, arguments);
    }

    [Fact]
    public async Task Saved_Token_That_Cannot_Be_Used_Is_Told_With_Its_File()
    {
        var sessions = new SavedSessions(_user.SettingsFolder);
        await sessions.SaveAsync(new SavedSession(Hub, "room1", "tökén"));

        var sentence = BadToken.Replace("The token", $"The token of room room1 in {sessions.File}", StringComparison.Ordinal);
        await IsRefusedAsync(sentence, "watch");
    }

    [Fact]
    public async Task Fault_Of_The_Console_Itself_Is_One_Line_And_Its_Trace_Is_There_On_Demand()
    {
        var broken = new BrokenWriter(new InvalidOperationException("Two\nlines."));
        var error = new StringWriter();
        Assert.Equal(ExitCodes.Failed, await _user.RunAsync(["rooms", "--help"], broken, error, CancellationToken.None));
        Assert.Equal("swarms-hub failed: InvalidOperationException: Two lines. SWARMS_HUB_TRACE=1 shows where.\n", error.ToString());

        _user.Environment["SWARMS_HUB_TRACE"] = "1";
        Assert.Equal(ExitCodes.Failed, await _user.RunAsync(["rooms", "--help"], broken, error, CancellationToken.None));
        Assert.Contains("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create", "room", "--invite-role", "viewer", "--name", "@Ada")]
    [InlineData("run", "@Ada explain", "--detach", "--room", "room1", "--token", "t")]
    public async Task Argument_That_Begins_With_An_At_Sign_Is_No_File(params string[] arguments)
    {
        Assert.Equal(0, (await _user.RunAsync([.. arguments, "--hub", Hub])).Code);
        Assert.Contains("@Ada", _hub.Calls.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Prints_Room_Token_And_Invite_And_Saves_The_Room()
    {
        var result = await _user.RunAsync(
            "create", "Biology", "--hub", Hub + "/", "--name", "Ada", "--operator-key", "key", "--show-token");

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

        Assert.Equal((0, "room1"), (result.Code, result.Field("room")));
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
        var usage = new { inputTokens = 3, outputTokens = 4, totalTokens = (int?)null, cost = 0.5m };
        viewer.Send(Events(Event(8, EventTypes.Usage, usage, "r1"), Done(9, "Leaves are green.\n")));
        var result = await running;

        Assert.Equal((0, "Leaves are green.\n"), (result.Code, result.Output));
        Assert.Contains("run r1: waiting, number 2 in the queue", result.Error, StringComparison.Ordinal);
        Assert.Contains("done · 3 tokens in, 4 tokens out, cost 0.5 · verified", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"task\":\"From standard input\"", _hub.Calls.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_That_Waits_For_The_Rate_Limit_Says_Until_When()
    {
        _hub.Answer("GET /api/rooms/room1/runs/r1", DoneRun("") with { State = RunStates.Queued, Text = "" });
        var running = RunAsync("run", "Explain");
        var until = new DateTimeOffset(2026, 1, 1, 12, 0, 30, TimeSpan.Zero);
        (await _hub.NextViewerAsync()).Send(
            Snapshot(2),
            Events(Queued(3), Event(4, EventTypes.RunWaiting, new { until, attempt = 1, reason = RunWaitReasons.RateLimit }, "r1")),
            Events(Chunk(5, "Late"), Done(6, "Late")));
        var result = await running;

        Assert.Equal((0, "Late"), (result.Code, result.Output.TrimEnd()));
        Assert.Contains("waits for the rate limit until 12:00:30", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_That_Fails_Ends_With_Another_Code_And_The_Reason()
    {
        var running = RunAsync("run", "Explain");
        (await _hub.NextViewerAsync()).Send(
            Snapshot(2),
            Events(Queued(3), Chunk(4, "Half")),
            Events(Event(5, EventTypes.Error, new { code = "upstream_idle", message = "Silence." }, "r1")));
        _hub.Answer("GET /api/rooms/room1/runs/r1", DoneRun("") with { State = RunStates.Queued });
        var result = await running;

        Assert.Equal((ExitCodes.Failed, "Half"), (result.Code, result.Output));
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
        Assert.Equal(ExitCodes.Interrupted, result.Code);
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

        Assert.Equal(ExitCodes.Failed, result.Code);
        Assert.Equal(
            [
                "room Biology: Ada (host)", "12:00:03 Ada asks Teacher (m): Explain", "Teacher (m)| one", "12:00:06 #6 Ada: message 6",
                "Teacher (m)| two [2Jthree", "12:00:07 Teacher (m): done", "12:00:08 Ada reacts 👍 to #6",
            ],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("The room was deleted. (not_found)\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watched_Run_That_Answers_A_Message_Is_Asked_What_The_Message_Says()
    {
        var watching = _user.RunAsync("watch", "--hub", Hub, "--room", "room1", "--token", "t");
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Said(3), Answering(4, 3, "r1")));
        viewer.Send(Events(Event(5, EventTypes.MessageRemoved, new { target = 3 }), Answering(6, 3, "r2"), Answering(7, 1, "r3")));
        viewer.Fail("not_found: The room was deleted.");

        var lines = (await watching).Output.Split('\n');
        Assert.Contains("12:00:04 Ada asks Teacher (m): message 3", lines);
        Assert.Contains("12:00:06 Ada asks Teacher (m): (the message was removed)", lines);
        Assert.Contains("12:00:07 Ada asks Teacher (m): (answers message #1)", lines);

        static RoomEvent Answering(long sequence, long message, string run) => Event(
            sequence,
            EventTypes.RunQueued,
            new { kind = "agent", agent = new { name = "Teacher", model = "m" }, task = "", position = 0, message },
            run);
    }

    [Fact]
    public async Task Watched_Words_Of_One_Member_Never_Look_Like_Anothers()
    {
        var watching = _user.RunAsync("watch", "--hub", Hub, "--room", "room1", "--token", "t");
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Event(3, EventTypes.Message, new { text = "Hello\n12:00:04 #4 Bob: I am Bob\r\nand\u2028more" })));
        viewer.Fail("not_found: The room was deleted.");

        Assert.Equal(
            "room Biology: Ada (host)\n12:00:03 #3 Ada: Hello\n  12:00:04 #4 Bob: I am Bob\n  and\n  more\n", (await watching).Output);
    }

    [Fact]
    public async Task Run_That_Starts_While_The_Console_Is_Interrupted_Is_Cancelled_Too()
    {
        using var ctrlC = new CancellationTokenSource();
        _hub.Answer("POST /api/rooms/room1/runs/r1/cancel", DoneRun("") with { State = EventTypes.Cancelled, Reason = "requested" });
        _hub.Answer("POST /api/rooms/room1/runs", async context =>
        {
            await ctrlC.CancelAsync();
            context.Response.StatusCode = 202;
            var started = new RunStarted { Run = DoneRun("") with { State = RunStates.Queued } };
            await context.Response.WriteAsJsonAsync(started, ProtocolJson.Options);
        });

        var result = await _user.RunAsync(
            ["run", "Explain", "--cancel-on-exit", "--hub", Hub, "--room", "room1", "--token", "t"], ctrlC.Token);

        Assert.Equal(ExitCodes.Interrupted, result.Code);
        Assert.Contains(_hub.Calls, call => call.Call.EndsWith("/runs/r1/cancel", StringComparison.Ordinal));
    }

    private async Task IsRefusedAsync(string sentence, params string[] arguments)
    {
        var result = await _user.RunAsync(arguments);

        Assert.Equal((ExitCodes.Failed, "", sentence + "\n"), (result.Code, result.Output, result.Error));
        Assert.Empty(_hub.Calls);
    }

    private Task<ConsoleResult> RunAsync(params string[] arguments) =>
        _user.RunAsync([.. arguments, "--hub", Hub, "--room", "room1", "--token", "t"], CancellationToken.None, "From standard input");
}
