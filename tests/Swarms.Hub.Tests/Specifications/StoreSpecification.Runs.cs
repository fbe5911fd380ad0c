using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>
/// Runs: found with their texts, listed without them, next in the log, and bound to idempotency keys; and the sums of what they spend.
/// </content>
public abstract partial class StoreSpecification
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    private static readonly RoomSpending Sums = new(
        new SpendingFigures { Runs = 2, TotalTokens = 30, Cost = "0.30", UnknownCosts = 1, HeldTokens = 500, HeldCost = "0.000000001" },
        [new SpendingFigures { Key = "m2", Runs = 1, Cost = "0.2" }, new SpendingFigures { Key = "m1", Runs = 1, Cost = "0.1" }],
        [new SpendingFigures { Key = "Wri\0ter 🦊", Runs = 2 }],
        [new SpendingFigures { Runs = 2, UnknownTokens = 2 }]);

    [Fact]
    public async Task Run_Is_Found_As_It_Was_Saved_Last_And_With_Its_Text_Once_It_Has_Ended()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Queue("run", "Paint"));
        var open = (await _store.Rooms.FindRunAsync(room.Id, "run", CancellationToken))!;
        Assert.Equal((RunStates.Queued, "Paint", null), (open.State, open.Task, open.Text));

        var ended = open with
        {
            State = EventTypes.Done,
            Text = "The robot",
            Parts = [new RunPart("Ann", "The "), new RunPart(null, "robot")],
            Usage = new Usage(1, null, 3, 0.000_000_001m),
            EndedAt = Noon.AddMilliseconds(1),
        };
        await _store.StoreAsync(room.Commit([Message("ended")], new RunChange.Save(ended, LogUnderTest.RunKey)));

        var found = (await _store.Rooms.FindRunAsync(room.Id, "run", CancellationToken))!;
        Assert.Equal(StoreUnderTest.Text(ended), StoreUnderTest.Text(found));
    }

    [Fact]
    public async Task Run_Is_Found_In_Its_Own_Room_Only()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(room.Queue("run"));

        Assert.NotNull(await _store.Rooms.FindRunAsync(room.Id, "run", CancellationToken));
        Assert.Null(await _store.Rooms.FindRunAsync(other.Id, "run", CancellationToken));
        Assert.Null(await _store.Rooms.FindRunAsync(room.Id, "another run", CancellationToken));
        Assert.Null(await _store.Rooms.FindDataKeyAsync(other.Log.Key, "run", CancellationToken));
        Assert.Null(await _store.Rooms.FindNextRunAsync(other.Log.Key, 0, CancellationToken));
        Assert.Empty((await _store.Rooms.ListRunsAsync(other.Id, null, null, 10, CancellationToken))!);
    }

    [Fact]
    public async Task Run_Of_Another_Room_Is_Not_Written_Over()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(room.Queue("run", "Paint"));
        var foreign = other.Queue("run", "Write");

        await _store.StoreAsync(foreign);

        await Assert.ThrowsAnyAsync<Exception>(() => foreign.Committed);
        Assert.Equal("Paint", (await _store.Rooms.FindRunAsync(room.Id, "run", CancellationToken))!.Task);
    }

    [Fact]
    public async Task Run_Keeps_Its_Texts_To_The_Letter_However_Long_They_Are()
    {
        var room = await _store.CreateRoomAsync();
        var task = string.Concat(Enumerable.Repeat("葉\0", 500_000));
        var text = string.Concat(Enumerable.Repeat("🦊\0 ", 2_000_000));
        await _store.StoreAsync(room.Queue("run", task), room.End("run", text, task));

        var found = (await _store.Rooms.FindRunAsync(room.Id, "run", CancellationToken))!;

        Assert.Equal((task, text), (found.Task, found.Text));
    }

    [Fact]
    public async Task Key_Of_A_Runs_Data_Is_The_One_It_Was_Saved_With()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Queue("run"));

        var key = (await _store.Rooms.FindDataKeyAsync(room.Log.Key, "run", CancellationToken))!.Value;

        Assert.Equal(LogUnderTest.RunKey.Bytes.ToArray(), key.Bytes.ToArray());
        Assert.Null(await _store.Rooms.FindDataKeyAsync(room.Log.Key, "another run", CancellationToken));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Pages_Of_Runs_Show_Each_Once_Newest_First_While_Others_Are_Started(int limit)
    {
        var room = await _store.CreateRoomAsync();
        // The ids do not sort in the order of the queue.
        var ids = Enumerable.Range(0, 12).Select(i => $"run-{i * 5 % 12:D2}").ToList();
        await _store.StoreAsync([.. ids.Select(id => room.Queue(id))]);

        var seen = new List<string>();
        while (await _store.Rooms.ListRunsAsync(room.Id, null, seen.LastOrDefault(), limit, CancellationToken) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, limit);
            seen.AddRange(page.Select(run => run.Id));
            await _store.StoreAsync(room.Queue($"newer-{seen.Count:D2}"));
        }

        Assert.Equal(Enumerable.Reverse(ids), seen);
    }

    [Fact]
    public async Task Page_Before_A_Run_That_The_Room_Does_Not_Have_Is_Null()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(room.Queue("run"), other.Queue("of the other"));

        Assert.Null(await _store.Rooms.ListRunsAsync(room.Id, null, "nobody started it", 10, CancellationToken));
        Assert.Null(await _store.Rooms.ListRunsAsync(room.Id, null, "of the other", 10, CancellationToken));
        Assert.Empty((await _store.Rooms.ListRunsAsync(room.Id, null, "run", 10, CancellationToken))!);
    }

    [Fact]
    public async Task Lists_Leave_Texts_Out()
    {
        var room = await _store.CreateRoomAsync();
        var ended = RoomUnderTest.Save("run", EventTypes.Done, text: "text");
        await _store.StoreAsync(room.Queue("run"));
        var parts = ended with { Run = ended.Run with { Parts = [new RunPart("Ann", "text")] } };
        await _store.StoreAsync(room.Commit([Message("ended")], parts));

        var run = Assert.Single((await _store.Rooms.ListRunsAsync(room.Id, null, null, 10, CancellationToken))!);

        Assert.Equal((EventTypes.Done, null, null), (run.State, run.Text, run.Parts));
    }

    [Theory]
    [InlineData("100% sure", "100%", "100 percent sure")]
    [InlineData("snake_case", "e_c", "snake case")]
    [InlineData("C:\\temp", ":\\t", "C:/temp")]
    [InlineData("it's", "t's", "its")]
    [InlineData("say \"hi\"", "\"hi\"", "say hi")]
    [InlineData("a'); DROP TABLE runs; --", "'); DROP TABLE runs; --", "a DROP TABLE runs")]
    [InlineData("[a-z]*?", "[a-z]*?", "b")]
    [InlineData("Größe 🤖", "öße 🤖", "Grosse")]
    [InlineData("ÖL", "ol", "AL")]
    [InlineData("1 + 1 & 2", "1 + 1 & 2", "1 1 2")]
    [InlineData("\\%", "\\%", "\\x")]
    [InlineData("PAINTed", "paINT", "pant")]
    [InlineData("before\0after", "AFTER", "before")]
    [InlineData("before\0after", "e\0a", "before after")]
    [InlineData("one line\nand two", "two\nline", "one line and three")]
    public async Task Search_Finds_What_Was_Typed_In_Tasks_And_Texts_And_Nothing_Else(string found, string query, string other)
    {
        var (room, elsewhere) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(
            room.Queue("in the task", found), room.Queue("in neither", other), room.End("in neither", other, other),
            room.Queue("in the text", other), room.End("in the text", $"Text of {found}, at length", other),
            elsewhere.Queue("in another room", found));

        // The same is found before and after the search has read the log.
        await FindAsync();
        while (_store.Writer.IsSearchBehind)
            await _store.Writer.FillSearchAsync();

        await FindAsync();

        async Task FindAsync()
        {
            var runs = (await _store.Rooms.ListRunsAsync(room.Id, query, null, 10, CancellationToken))!;
            Assert.Equal(["in the text", "in the task"], runs.Select(run => run.Id));
            var next = (await _store.Rooms.ListRunsAsync(room.Id, query, "in the text", 10, CancellationToken))!;
            Assert.Equal("in the task", Assert.Single(next).Id);
        }
    }

    [Fact]
    public async Task Next_Run_Is_The_First_That_Was_Queued_After_A_Place_In_The_Log()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(
            room.Say("first"),
            room.Queue("run-2"),
            room.Commit([Message("hello"), .. room.Queue("run-1").Events], RoomUnderTest.Save("run-1", RunStates.Queued)),
            room.End("run-2", "text"));

        var runs = new List<QueuedRun>();
        while (await _store.Rooms.FindNextRunAsync(room.Log.Key, runs.LastOrDefault()?.FirstSequence ?? 0, CancellationToken) is { } next)
            runs.Add(next);

        Assert.Equal([(3, "run-2", "text"), (5, "run-1", null)], runs.Select(run => (run.FirstSequence, run.Run.Id, run.Run.Text)));
    }

    [Fact]
    public async Task Rooms_With_Open_Runs_Are_Found_Once_Each()
    {
        var (room, ended, idle) = (await _store.CreateRoomAsync(), await _store.CreateRoomAsync(), await _store.CreateRoomAsync());
        await _store.StoreAsync(
            room.Queue("run-1"), room.Queue("run-2"), room.End("run-1", "text"), room.Queue("run-3"),
            ended.Queue("run-4"), ended.End("run-4", ""), idle.Say("word"));

        Assert.Equal([room.Id], await _store.Rooms.FindRoomsWithOpenRunsAsync(CancellationToken));
    }

    [Fact]
    public async Task Idempotency_Key_Is_Bound_Once_For_Each_Member()
    {
        var room = await _store.CreateRoomAsync();
        PendingCommit[] commits =
        [
            Bind("run-1", "ann", "key"), Bind("run-2", "ann", "key"), Bind("run-3", "bob", "key"), Bind("run-4", "ann", "KEY"),
            Bind("run-5", "ann", "k\0"),
        ];

        await _store.StoreAsync(commits);

        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(commits[1]));
        await StandAtAsync(commits.Where((_, i) => i != 1), 2, 3, 4, 5);
        var bound = (await _store.Rooms.FindRunKeyAsync("ann", "key", CancellationToken))!.Value;
        Assert.Equal("run-1", bound.RunId);
        Assert.Equal("run-1"u8.ToArray(), bound.RequestHash);
        Assert.Equal("run-5", (await _store.Rooms.FindRunKeyAsync("ann", "k\0", CancellationToken))!.Value.RunId);
        Assert.Null(await _store.Rooms.FindRunKeyAsync("ann", "k", CancellationToken));
        Assert.Null(await _store.Rooms.FindRunKeyAsync("carl", "key", CancellationToken));

        PendingCommit Bind(string run, string member, string key) =>
            room.Queue(run, more: new RunChange.BindKey(run, member, key, System.Text.Encoding.UTF8.GetBytes(run)));
    }

    [Fact]
    public async Task Sums_Of_A_Room_Are_Those_Of_Its_Last_Commit_To_The_Letter_And_Outlast_A_Crash()
    {
        var (room, other) = (await _store.CreateRoomAsync(), await _store.CreateRoomAsync());
        Assert.Null((await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Spending);

        await _store.StoreAsync(
            Spend(room, Sums with { Models = [] }), Spend(room, Sums), Spend(other, Sums with { Total = new SpendingFigures() }));
        await _store.CrashAsync();

        Assert.Equal(Text(Sums), Text((await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Spending));
        Assert.Equal(
            Text(Sums with { Total = new SpendingFigures() }),
            Text((await _store.Rooms.LoadAsync(other.Id, CancellationToken))!.State.Spending));
    }

    [Fact]
    public async Task Sums_Of_A_Refused_Commit_Are_Not_Saved()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Spend(room, Sums));
        var refused = room.Commit(
            [LogUnderTest.Event(EventTypes.Spending, new { })],
            new SpendingChange.Save(Sums with { Models = [] }), new SpendingChange.AddToHub(Today, 5, 1m),
            new MemberChange.Remove("nobody"));

        await _store.StoreAsync(refused);

        Assert.NotNull(await CodeAsync(refused));
        Assert.Equal(Text(Sums), Text((await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Spending));
        Assert.Empty(await _store.Spending.ListDaysAsync(Today, CancellationToken));
    }

    [Fact]
    public async Task Hubs_Sums_Are_Exact_By_The_Day_And_Outlast_The_Deletion_Of_Rooms()
    {
        var (room, other) = (await _store.CreateRoomAsync(), await _store.CreateRoomAsync());
        await _store.StoreAsync(
            room.Commit([LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.AddToHub(Today, 10, 0.1m)),
            other.Commit([LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.AddToHub(Today, 20, 0.2m)),
            other.Commit(
                [LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.AddToHub(Today.AddDays(-2), 7, 0.0000000001m)),
            Delete(room));
        await RemoveRemainsAsync();
        await _store.RestartAsync();

        Assert.Equal([new DaySpending(Today, 30, 0.3m)], await _store.Spending.ListDaysAsync(Today.AddDays(-1), CancellationToken));
        Assert.Equal(
            [new DaySpending(Today.AddDays(-2), 7, 0.0000000001m), new DaySpending(Today, 30, 0.3m)],
            await _store.Spending.ListDaysAsync(Today.AddDays(-2), CancellationToken));
    }

    private static PendingCommit Spend(RoomUnderTest room, RoomSpending sums) =>
        room.Commit([LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.Save(sums));

    private static string Text(RoomSpending? spending) => JsonSerializer.Serialize(spending, ProtocolJson.Options);
}
