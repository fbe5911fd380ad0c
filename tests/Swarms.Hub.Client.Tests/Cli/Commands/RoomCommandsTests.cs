using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The small commands: each one's call and its output.</summary>
public sealed class RoomCommandsTests : IAsyncLifetime
{
    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string Hub => _hub.Address.GetLeftPart(UriPartial.Authority);

    private FakeCall LastCall => _hub.Calls.Last();

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        await new SavedSessions(_user.SettingsFolder).SaveAsync(new SavedSession(Hub, "room1", "token1"));
        _hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2), Ada));
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData("Hello", "", "Hello")]
    [InlineData("-", "From\nstandard input", "From\\nstandard input")]
    public async Task Say_Prints_The_Messages_Number(string text, string input, string said)
    {
        _hub.Answer("POST /api/rooms/room1/messages", new MessageSaid { Sequence = 17 }, 201);

        var result = await _user.RunAsync(["say", text], CancellationToken.None, input);

        Assert.Equal((0, "17\n", ""), (result.Code, result.Output, result.Error));
        Assert.Equal($$"""{"text":"{{said}}"}""", LastCall.Body);
        Assert.Equal("Bearer token1", LastCall.Authorization);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("#17")]
    public async Task React_Takes_The_Number_As_It_Is_Printed(string number)
    {
        _hub.Answer("POST /api/rooms/room1/reactions", new { }, 204);

        var result = await _user.RunAsync("react", number, "thumbs-up");

        Assert.Equal((0, "", ""), (result.Code, result.Output, result.Error));
        Assert.Equal("""{"target":17,"emoji":"thumbs-up"}""", LastCall.Body);
    }

    [Theory]
    [InlineData("RaiseHand room1", "hand")]
    [InlineData("RaiseHand room1", "hand", "up")]
    [InlineData("LowerHand room1", "hand", "down")]
    public async Task Hand_Is_Raised_And_Lowered(string invocation, params string[] arguments)
    {
        Assert.Equal(0, (await _user.RunAsync(arguments)).Code);
        Assert.Equal(invocation, Assert.Single(_hub.Invocations));
    }

    [Fact]
    public async Task Members_Are_Listed_With_Their_Ids_Without_Orders_To_The_Terminal()
    {
        var bob = Ada with { Id = "m2", Name = "B\nob\u001b[2J", Role = MemberRoles.Viewer, HandRaised = true };
        _hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2) with { Members = [Ada, bob] }, Ada));

        var result = await _user.RunAsync("members");

        Assert.Equal((0, "m1  host         Ada (you)\nm2  viewer       B ob[2J ✋\n"), (result.Code, result.Output));
    }

    [Fact]
    public async Task Member_Is_Changed()
    {
        _hub.Answer("PATCH /api/rooms/room1/members/m2", Ada with { Id = "m2", Name = "Robert", Role = MemberRoles.Viewer });

        var result = await _user.RunAsync("change-member", "m2", "--role", "viewer", "--name", "Robert");

        Assert.Equal((0, "Robert: viewer\n"), (result.Code, result.Error));
        Assert.Equal("""{"role":"viewer","name":"Robert"}""", LastCall.Body);
    }

    [Fact]
    public async Task Invites_Are_Listed_With_Their_Uses_And_Their_Maker()
    {
        var invite = new Invite { Id = "i1", Role = MemberRoles.Viewer, MaxUses = 2, Uses = 1, ExpiresAt = Ada.JoinedAt, By = "m1" };
        _hub.Answer(
            "GET /api/rooms/room1/invites", new InviteList { Invites = [invite, invite with { Id = "i0", MaxUses = null, By = null }] });

        var result = await _user.RunAsync("invites");

        Assert.Equal(
            "i1  viewer       used 1 of 2    until 2026-01-01 12:00:00 UTC  by Ada\n"
                + "i0  viewer       used 1         until 2026-01-01 12:00:00 UTC  by the operator\n",
            result.Output);
    }

    [Fact]
    public async Task Renewed_Token_Takes_The_Place_Of_The_Saved_One()
    {
        _hub.Answer("POST /api/rooms/room1/members/me/token", new TokenRenewed { Token = "token2" }, 201);

        var result = await _user.RunAsync("renew-token", "--expires-in", "7d");

        Assert.Equal((0, "token2"), (result.Code, result.Field("token")));
        Assert.Equal("""{"expiresInSeconds":604800}""", LastCall.Body);
        Assert.Equal("token2", new SavedSessions(_user.SettingsFolder).Find(Hub, "room1")?.Token);
    }

    [Theory]
    [InlineData("DELETE /api/rooms/room1/members/m2", "remove-member", "m2")]
    [InlineData("DELETE /api/rooms/room1/invites/i1", "revoke-invite", "i1")]
    [InlineData("DELETE /api/rooms/room1/bans/b1", "bans", "--lift", "b1")]
    [InlineData("DELETE /api/rooms/room1/members/me/return-link", "return-link", "--revoke")]
    public async Task Members_And_Invites_Are_Taken_Back(string call, params string[] arguments)
    {
        _hub.Answer(call, new { }, 204);

        Assert.Equal(0, (await _user.RunAsync(arguments)).Code);
        Assert.Equal(call, LastCall.Call);
    }

    [Theory]
    [InlineData("2026-01-01T12:00:00.000Z", "until   2026-01-01 12:00:00 UTC")]
    [InlineData(null, "There is none.")]
    public async Task Own_Return_Link_Is_Shown_By_Its_End(string? expiresAt, string line)
    {
        _hub.Answer("GET /api/rooms/room1/members/me/return-link", new { expiresAt });

        var result = await _user.RunAsync("return-link", "--show");

        Assert.Equal((0, line), (result.Code, result.Output.Trim()));
    }

    [Fact]
    public async Task Room_Is_Renamed()
    {
        _hub.Answer("PATCH /api/rooms/room1", Frames.Room with { Name = "Chemistry" });

        Assert.Equal(0, (await _user.RunAsync("rename", "Chemistry")).Code);
        Assert.Equal("""{"name":"Chemistry"}""", LastCall.Body);
    }

    [Fact]
    public async Task Delete_Asks_For_A_Yes()
    {
        var result = await _user.RunAsync("delete");

        Assert.Equal(
            (ExitCodes.Failed, "This deletes the room with everything in it, for everybody: say --yes. See 'swarms-hub delete --help'.\n"),
            (result.Code, result.Error));
        Assert.Empty(_hub.Calls);
    }

    [Theory]
    [InlineData("DELETE /api/rooms/room1/members/m1", "You left room room1.", "leave")]
    [InlineData("DELETE /api/rooms/room1", "Room room1 is deleted.", "delete", "--yes")]
    public async Task Room_That_Ends_Is_Forgotten(string call, string said, params string[] arguments)
    {
        _hub.Answer(call, new { }, 204);

        var result = await _user.RunAsync(arguments);

        Assert.Equal((0, said + "\n"), (result.Code, result.Error));
        Assert.Equal(call, LastCall.Call);
        Assert.Empty(new SavedSessions(_user.SettingsFolder).List());
    }

    [Theory]
    [InlineData("DELETE /api/rooms/room1/members/m1", "leave")]
    [InlineData("DELETE /api/rooms/room1", "delete", "--yes")]
    public async Task Room_That_The_Hub_Does_Not_End_Is_Remembered(string call, params string[] arguments)
    {
        _hub.Refuse(call, 503, ErrorCodes.Draining, "The hub is stopping.");

        Assert.Equal(ExitCodes.Failed, (await _user.RunAsync(arguments)).Code);
        Assert.Single(new SavedSessions(_user.SettingsFolder).List());
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43_200)]
    [InlineData("7d", 604_800)]
    public async Task Invite_Has_The_Limits_That_Were_Asked_For(string expiresIn, int seconds)
    {
        var invite = new Invite { Id = "i1", Role = MemberRoles.Viewer, ExpiresAt = Ada.JoinedAt };
        var created = new InviteCreated { Invite = invite, Url = $"{Hub}/join#secret", Code = "ABC-DEF" };
        _hub.Answer("POST /api/rooms/room1/invites", created, 201);

        var result = await _user.RunAsync("invite", "--role", "viewer", "--max-uses", "2", "--expires-in", expiresIn);

        Assert.Equal(
            (0, $"{Hub}/join#secret", "ABC-DEF", "i1", "2026-01-01 12:00:00 UTC"),
            (result.Code, result.Field("invite"), result.Field("code"), result.Field("id"), result.Field("until")));
        Assert.Equal($$"""{"role":"viewer","maxUses":2,"expiresInSeconds":{{seconds}}}""", LastCall.Body);
    }

    [Fact]
    public async Task Runs_Are_Listed_One_In_A_Line_And_The_Next_Page_Is_Named()
    {
        _hub.Answer("GET /api/rooms/room1/runs", new RunPage { Runs = [DoneRun("") with { Task = "Explain\nleaves" }], Next = "r1" });

        var result = await _user.RunAsync("runs", "--search", "leaves & co", "--limit", "1", "--before", "r9");

        Assert.Equal(0, result.Code);
        Assert.Equal(("r1  done  Teacher (m): Explain leaves\n", "There are more: --before r1\n"), (result.Output, result.Error));
        Assert.Equal("?q=leaves%20%26%20co&before=r9&limit=1", LastCall.Query);
    }

    [Fact]
    public async Task Search_Prints_One_Result_In_A_Line_With_Its_Matches_In_Brackets()
    {
        var snippet = new[] { new SnippetPiece("how\n", false), new SnippetPiece("Leaves", true), new SnippetPiece(" grow", false) };
        var found = new SearchResult
        {
            Kind = SearchKinds.Message,
            Id = "7",
            Sequence = 7,
            At = default,
            Title = "",
            Field = SearchFields.Text,
            Snippet = snippet,
            Rank = 1,
        };
        _hub.Answer("GET /api/rooms/room1/search", new SearchPage { Results = [found], Next = 7, IsComplete = false });

        var result = await _user.RunAsync("search", "leaves & co", "--kind", "message", "--limit", "1", "--before", "9");

        Assert.Equal(0, result.Code);
        Assert.Equal("message #7  text: how [Leaves] grow\n", result.Output);
        Assert.Equal(
            "The hub is still reading the room, so something may be missing. Try again in a moment.\nThere are more: --before 7\n",
            result.Error);
        Assert.Equal("?q=leaves%20%26%20co&kind=message&before=9&limit=1", LastCall.Query);
    }

    [Fact]
    public async Task Events_Prints_One_Event_In_A_Line_And_Where_To_Go_On()
    {
        _hub.Answer("GET /api/rooms/room1/events", new EventPage { Events = [Chunk(5, "Leaves\n")], Cursor = "t:5" });

        var result = await _user.RunAsync("events", "--after", "4", "--limit", "1");

        Assert.Equal((0, "Go on with --after t:5\n"), (result.Code, result.Error));
        var line = JsonElement.Parse(Assert.Single(result.Output.TrimEnd('\n').Split('\n')));
        var text = line.GetProperty("data").GetProperty("content").GetString();
        Assert.Equal((5, "Leaves\n"), (line.GetProperty("sequence").GetInt32(), text));
        Assert.Equal("?after=4&limit=1", LastCall.Query);

        _hub.Answer("GET /api/rooms/room1/events", new EventPage { Events = [], Cursor = "t:5" });
        var end = await _user.RunAsync("events", "--after", "t:5");

        Assert.Equal((0, "", ""), (end.Code, end.Output, end.Error));
    }

    [Fact]
    public async Task Follow_Prints_The_Text_So_Far_And_The_Rest()
    {
        _hub.Answer("GET /api/rooms/room1/runs/r1", DoneRun("") with { State = RunStates.Running });
        var following = _user.RunAsync("follow", "r1");
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(4, runs: DoneRun("") with { State = RunStates.Running, Text = "Leaves ", Sha256 = null, Bytes = null }));
        viewer.Send(Events(Chunk(5, "are green."), Done(6, "Leaves are green.")));
        var result = await following;

        Assert.Equal((0, "Leaves are green."), (result.Code, result.Output));
    }

    [Fact]
    public async Task Cancel_Says_How_The_Run_Stands()
    {
        _hub.Answer("POST /api/rooms/room1/runs/r1/cancel", DoneRun("") with { State = EventTypes.Cancelled, Reason = "requested" });

        var result = await _user.RunAsync("cancel", "r1");

        Assert.Equal((0, "run r1: cancelled (requested)\n"), (result.Code, result.Error));
    }

    [Theory]
    [InlineData("/api/rooms/room1/transcript", "?format=md", "transcript")]
    [InlineData("/api/rooms/room1/transcript", "?format=json", "transcript", "--format", "json")]
    [InlineData("/api/rooms/room1/runs/r1/transcript", "?format=html", "transcript", "--format", "html", "--run", "r1")]
    public async Task Transcript_Is_Printed_As_It_Is(string path, string query, params string[] arguments)
    {
        _hub.Answer($"GET {path}", context => context.Response.WriteAsync("# Biology\u001b\r\n"));

        var result = await _user.RunAsync(arguments);

        Assert.Equal((0, "# Biology\u001b\r\n", ""), (result.Code, result.Output, result.Error));
        Assert.Equal(query, LastCall.Query);
    }

    [Fact]
    public async Task Server_Is_Described()
    {
        _hub.Answer("GET /api/server", new ServerDescription("0.1.0", new UpstreamDescription("swarms", "api.example"), "open"));

        var result = await _user.RunAsync("server", "--hub", Hub);

        Assert.Equal(("0.1.0", "swarms (api.example)"), (result.Field("version"), result.Field("upstream")));
    }

    [Fact]
    public async Task Overview_Of_The_Hub_Takes_The_Operators_Key_And_Prints_All_Of_It()
    {
        var at = new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero);
        _hub.Answer("GET /api/overview", new HubOverview
        {
            Version = "0.1.0",
            StartedAt = at,
            Obstacles = ["The storage does not take writes."],
            Rooms = 1_200,
            LoadedRooms = 3,
            Members = 40,
            Viewers = 31,
            Runs = new(1, 2, 3, 4),
            Spending = [new(new DateOnly(2026, 11, 28), 12_000, 0.25m)],
            Store = new(3L << 20, 5L << 30, 0, at),
            BusyRooms = [new("room1", "Bio\u001blogy", 40, 31, 1, 700)],
            Problems = [new(at, "error", "Swarms.Hub.Storage", "The disk is full.")],
        });

        var result = await _user.RunAsync("overview", "--hub", Hub, "--operator-key", "key-of-the-operator");

        Assert.Equal("Bearer key-of-the-operator", LastCall.Authorization);
        Assert.Equal(
            """
            version   0.1.0
            started   2026-11-28 09:30:00Z
            serves    The storage does not take writes.
            rooms     1,200, 3 in memory
            members   40
            viewers   31
            runs      1 running, 2 queued, 3 waiting for an upstream, 4 proposed
            store     3.0 MiB, 5.0 GiB of disk left, takes no writes since 2026-11-28 09:30:00Z
            spending
              2026-11-28  12,000 tokens  0.25
            rooms in use
              room1  Biology: 31 of 40 watch, 1 open runs, 700 tokens
            problems
              2026-11-28 09:30:00Z  error  The disk is full.

            """,
            result.Output);
    }

    [Fact]
    public async Task Rooms_Are_Listed_Without_Their_Tokens()
    {
        await new SavedSessions(_user.SettingsFolder).SaveAsync(new SavedSession("http://b", "room2", "token2"));

        var result = await _user.RunAsync("rooms");

        Assert.Equal((0, $"room2  http://b\nroom1  {Hub}\n"), (result.Code, result.Output));
    }
}
