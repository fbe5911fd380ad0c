using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The budget among the settings, and the table of what was spent.</summary>
public sealed class MoneyCommandsTests : IAsyncLifetime
{
    private static readonly RoomBudget Budget = new() { MemberCost = "0.3", Models = ["a", "b"], HardStop = true };

    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        var hub = _hub.Address.GetLeftPart(UriPartial.Authority);
        await new SavedSessions(_user.SettingsFolder).SaveAsync(new SavedSession(hub, "room1", "token1"));
        Answer(new RoomSettings { Budget = Budget, FromRoom = ["budget"] });
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"memberCost":"0.3","models":["a","b"],"hardStop":true,"roomCost":5}""", "budget.roomCost=5")]
    [InlineData("""{"models":["a","b"],"hardStop":true,"memberCost":"0.50"}""", "budget.memberCost=0.50")]
    [InlineData("""{"memberCost":"0.3","hardStop":false,"models":["c","d"]}""", "budget.hardStop=false", "budget.models=c, d")]
    [InlineData("""{"models":["a","b"],"hardStop":true}""", "budget.memberCost=")]
    [InlineData("""{"memberCost":"0.3","models":["a","b"]}""", "budget.hardStop=none")]
    [InlineData("""{"roomTokens":1000}""", "budget=none", "budget.roomTokens=1000")]
    [InlineData("""{"memberCost":"0.3","models":["a","b"],"hardStop":true,"roomCots":"x"}""", "budget.roomCots=x")]
    [InlineData("null", "budget.memberCost=none", "budget.models=none", "budget.hardStop=none")]
    public async Task Limit_That_Changes_Leaves_The_Others(string sent, params string[] changes)
    {
        Assert.Equal(0, (await _user.RunAsync(["settings", .. changes])).Code);

        Assert.Equal($$$"""{"settings":{"budget":{{{sent}}}}}""", _hub.Calls.Last().Body);
        Assert.Equal(["GET", "PATCH"], _hub.Calls.Select(call => call.Call.Split(' ')[0]));
    }

    [Theory]
    [InlineData("""{"budget":null}""", "budget=none")]
    [InlineData("""{"budget":null}""", "budget=")]
    [InlineData("""{"showMoney":"hosts"}""", "showMoney=hosts")]
    [InlineData("""{"showMoney":"none"}""", "showMoney=none")]
    [InlineData("""{"budget":"5"}""", "budget=\"5\"")]
    public async Task Other_Changes_Need_No_Look_At_The_Budget(string sent, string change)
    {
        await _user.RunAsync("settings", change.Replace("\"5\"", "5", StringComparison.Ordinal));

        var call = Assert.Single(_hub.Calls);
        Assert.Equal($$"""{"settings":{{sent.Replace("\"5\"", "5", StringComparison.Ordinal)}}}""", call.Body);
    }

    [Fact]
    public async Task Settings_Show_Each_Limit_And_Whose_It_Is()
    {
        var budget = Budget with { Models = ["gpt-4o", "\u001b[2Jevil"] };
        Answer(new RoomSettings { Budget = budget, ShowMoney = "hosts", FromRoom = ["showMoney"] });

        var lines = (await _user.RunAsync("settings")).Output.TrimEnd('\n').Split('\n');

        Assert.Equal(
            [
                "showMoney         hosts          the room's", "budget.memberCost 0.3            the hub's",
                "budget.models     gpt-4o,[2Jevil the hub's", "budget.hardStop   true           the hub's",
            ],
            lines[^5..^1]);
    }

    [Fact]
    public async Task Settings_Of_A_Room_Without_A_Budget_Say_So()
    {
        Answer(RoomSettings.Initial);

        Assert.EndsWith(
            "showMoney        all   the hub's\nbudget           none  the hub's\nholdBack         off   the hub's\n",
            (await _user.RunAsync("settings")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spending_Shows_The_Hubs_Sums_With_Unknown_Ones_Beside_Them()
    {
        Answer(RoomSettings.Initial, Spending());

        var result = await _user.RunAsync("spending");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(
            """
                                     runs  tokens                                           cost                           held
            total                    3     300 (100 in, 200 out) + 1 run of unknown tokens  1.25 + 2 runs of unknown cost  4000 tokens, 0.5
            members
              Ada                    2     300 (100 in, 200 out)                            1.25
              somebody who left      1     1 run of unknown tokens                          1 run of unknown cost          4000 tokens, 0.5
            agents
              作家                   1     0                                                0.0000000000000000000000001
              (no name, and others)  2     300 (100 in, 200 out)                            1.25
            models
              gpt-4o                 3     300 (100 in, 200 out)                            1.25

            """,
            result.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Spending_Has_No_Costs_For_Those_Who_May_Not_See_Them()
    {
        var me = Ada with { Role = MemberRoles.Participant };
        Answer(new RoomSettings { ShowMoney = MoneyAudiences.Hosts }, Spending(), me);

        var result = await _user.RunAsync("spending");

        Assert.DoesNotContain("cost", result.Output, StringComparison.Ordinal);
        Assert.Contains("4000 tokens\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("You do not see costs here: the room's setting showMoney leaves you out.\n", result.Error);
    }

    [Fact]
    public async Task Spending_Is_Nothing_Before_The_First_Run()
    {
        Assert.Equal(
            "       runs  tokens  cost  held\ntotal  0     0       0\n", (await _user.RunAsync("spending")).Output);
    }

    [Fact]
    public async Task Watch_Tells_Of_A_Warning_And_Of_A_Run_That_The_Budget_Stopped()
    {
        var watching = _user.RunAsync("watch");
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Warned(4), Event(5, EventTypes.Cancelled, new { reason = "over_budget" }, "r1")));
        viewer.Fail("not_found: The room was deleted.");

        Assert.EndsWith(
            "12:00:04 at least 80 % of the budget of Ada is used up: 0.25 of 0.3\n"
                + "12:00:05 Teacher (m): cancelled, because a limit of the budget is used up\n",
            (await watching).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_Tells_Of_A_Warning_Beside_The_Text()
    {
        _hub.Answer("GET /api/rooms/room1/runs/r1", DoneRun("") with { State = RunStates.Running });
        var following = _user.RunAsync("follow", "r1");
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "Leaves"), Warned(5), Done(6, "Leaves")));
        var result = await following;

        Assert.Equal("Leaves", result.Output);
        Assert.Contains("\nat least 80 % of the budget of Ada is used up: 0.25 of 0.3\n", result.Error, StringComparison.Ordinal);
    }

    private static RoomEvent Warned(long sequence) => Event(
        sequence, EventTypes.BudgetWarned, new { scope = "member", key = "m1", percent = 80, spentCost = "0.25", limitCost = "0.3" });

    private static RoomSpending Spending()
    {
        var known = new SpendingFigures { Runs = 2, InputTokens = 100, OutputTokens = 200, TotalTokens = 300, Cost = "1.25" };
        var unknown = new SpendingFigures { Runs = 1, UnknownTokens = 1, UnknownCosts = 1, HeldTokens = 4000, HeldCost = "0.5" };
        return new RoomSpending(
            known with { Runs = 3, UnknownTokens = 1, UnknownCosts = 2, HeldTokens = 4000, HeldCost = "0.5" },
            [known with { Key = "m1" }, unknown with { Key = "m9" }],
            [new SpendingFigures { Key = "作家", Runs = 1, Cost = "0.0000000000000000000000001" }, known],
            [known with { Key = "gpt-4o", Runs = 3 }]);
    }

    private void Answer(RoomSettings settings, RoomSpending? spending = null, Member? me = null)
    {
        var room = Frames.Room with { Settings = settings };
        _hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2) with { Room = room, Spending = spending }, me ?? Ada));
        _hub.Answer("PATCH /api/rooms/room1", room);
    }
}
