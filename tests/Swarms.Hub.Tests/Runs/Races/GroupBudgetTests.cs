using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>Groups within budgets, and the turn that their runs get together.</summary>
public sealed class GroupBudgetTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Group_Whose_Third_Entry_Is_Over_Budget_Appends_Nothing_And_Holds_Nothing(bool isBlind)
    {
        await using var scripted = await ScriptedHub.StartAsync(("Budget:Tokens", "5000"));
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000 });
        var before = (await scripted.Host.EventsAsync()).Count;
        object[] entries = [.. Enumerable.Range(0, 3).Select(_ => GroupCalls.Entry(maxTokens: 400))];

        (await scripted.Host.TryStartGroupAsync(entries, isBlind)).IsProblem(402, ErrorCodes.OverBudget);

        Assert.Equal(before, (await scripted.Host.EventsAsync()).Count);
        scripted.AnswerAndHang(1);
        await scripted.Host.StartAsync(new { agent_config = new { max_tokens = 1_000 }, task = "All of it" });
    }

    [Fact]
    public async Task Blind_Runs_Hold_Their_Reservations_Until_The_Reveal_Also_After_A_Restart()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Budget:Tokens", "5000"));
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000 });
        scripted.Upstream.Answer().Body(Sse.Usage + Sse.Done);
        scripted.Upstream.Answer(400, "application/json").Body("""{"detail": "no"}""");
        var group = await scripted.Host.StartGroupAsync(
            [GroupCalls.Entry(maxTokens: 400), GroupCalls.Entry(maxTokens: 500)], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        (await TryAsync(scripted.Host, 101)).IsProblem(402, ErrorCodes.OverBudget);
        await scripted.Hub.StopAsync();
        await using var again = scripted.Restart(null, ("Budget:Tokens", "5000"));
        var host = scripted.Host.At(again.Address);
        (await TryAsync(host, 101)).IsProblem(402, ErrorCodes.OverBudget);

        await host.RevealAsync(group);

        // The refused run spent nothing; the other one spent 150.
        var total = (await host.SnapshotAsync()).Spending!.Total;
        Assert.Equal((1L, 150L, 0L), (total.Runs, total.TotalTokens, total.HeldTokens));
        (await TryAsync(host, 851)).IsProblem(402, ErrorCodes.OverBudget);
        scripted.AnswerAndHang(1);
        Assert.Equal(202, (await TryAsync(host, 850)).Status);
    }

    [Fact]
    public async Task Deleted_Room_Holds_Nothing_Of_The_Hubs_Budget_And_What_Its_Blind_Runs_Spent_Counts()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Budget:Tokens", "1000"));
        scripted.Upstream.Answer().Body(Sse.Usage + Sse.Done);
        scripted.Upstream.Answer(400, "application/json").Body("""{"detail": "no"}""");
        var group = await scripted.Host.StartGroupAsync(
            [GroupCalls.Entry(maxTokens: 400), GroupCalls.Entry(maxTokens: 500)], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        var other = await scripted.Hub.CreateRoomAsync();
        (await TryAsync(other, 101)).IsProblem(402, ErrorCodes.OverBudget);

        Assert.Equal(204, (await scripted.Host.DeleteAsync(scripted.Host.Path)).Status);

        // One run spent 150, the other one nothing.
        (await TryAsync(other, 851)).IsProblem(402, ErrorCodes.OverBudget);
        scripted.AnswerAndHang(1);
        Assert.Equal(202, (await TryAsync(other, 850)).Status);
    }

    [Fact]
    public async Task Removed_Blind_Run_That_Spent_Nothing_Holds_Nothing_After_The_Reveal()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Budget:Tokens", "1000"));
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000 });
        scripted.Upstream.Answer(400, "application/json").Body("""{"detail": "no"}""");
        scripted.Upstream.Answer(400, "application/json").Body("""{"detail": "no"}""");
        var group = await scripted.Host.StartGroupAsync(
            [GroupCalls.Entry(maxTokens: 400), GroupCalls.Entry(maxTokens: 500)], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/runs/{group.Runs[0]}")).Status);
        await scripted.Host.RevealAsync(group);

        scripted.AnswerAndHang(1);
        Assert.Equal(202, (await TryAsync(scripted.Host, 1_000)).Status);
    }

    [Fact]
    public async Task Reveal_Warns_And_Stops_As_Endings_Do()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 300, hardStop = true });
        scripted.Upstream.Answer().Body(Sse.Usage + Sse.Done);
        scripted.Upstream.Answer().Body(Sse.Usage + Sse.Done);
        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(maxTokens: 1), GroupCalls.Entry(maxTokens: 1)], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        scripted.AnswerAndHang(1);
        var other = await scripted.Host.StartAsync(new { agent_config = new { max_tokens = 1 }, task = "Go on" });
        await scripted.Host.SeenAsync(EventTypes.Chunk, other.Id);
        Assert.DoesNotContain(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.BudgetWarned);

        await scripted.Host.RevealAsync(group);

        Assert.Equal(RunReasons.OverBudget, (await scripted.Host.EndedAsync(other.Id)).Reason);
        Assert.Single(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.BudgetWarned);
    }

    [Fact]
    public async Task Hard_Stop_Of_One_Model_Ends_All_Runs_Of_A_Blind_Group()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { modelTokens = 150, hardStop = true });
        scripted.AnswerAndHang(2);
        var group = await scripted.Host.StartGroupAsync(
            [GroupCalls.Entry(model: "a", maxTokens: 1), GroupCalls.Entry(model: "b", maxTokens: 1)], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.SeenAsync(EventTypes.Chunk, run);

        scripted.Upstream.Answer().Body(Sse.Usage + Sse.Done);
        await scripted.Host.StartAsync(new { agent_config = new { model_name = "a", max_tokens = 1 }, task = "Use it up" });

        foreach (var run in group.Runs)
            Assert.Equal(RunReasons.OverBudget, (await scripted.Host.EndedAsync(run)).Reason);
    }

    [Fact]
    public async Task Runs_That_Nothing_Bounds_Are_No_Group_Where_They_Run_One_At_A_Time()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000 });
        (await scripted.Host.TryStartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry()])).IsProblem(400, ErrorCodes.Invalid);
        scripted.AnswerAndHang(3);

        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry(maxTokens: 10)], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.SeenAsync(EventTypes.Chunk, run);

        // Only the end of the whole group lets another such run begin, so none of them is told apart.
        var waiting = await scripted.Host.StartAsync();
        Assert.Equal(1, waiting.Position);
        await scripted.Host.CancelAsync(group.Runs[0]);
        Assert.Equal(RunStates.Queued, (await scripted.Host.FindAsync(waiting.Id)).State);
        await scripted.Host.CancelAsync(group.Runs[1]);
        await scripted.Host.SeenAsync(EventTypes.Chunk, waiting.Id);
    }

    [Fact]
    public async Task Group_Waits_For_Places_For_All_And_Holds_Back_Those_Behind_It()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "3"));
        var answers = scripted.AnswerAndHang(6);
        var first = await scripted.Host.StartAsync();
        await answers[0].Requested.InTime();
        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry(), GroupCalls.Entry()]);
        var behind = await scripted.Host.StartAsync();
        Assert.Equal(4, behind.Position);
        Assert.Single(scripted.Upstream.Requests);

        await scripted.Host.CancelAsync(first.Id);

        foreach (var run in group.Runs)
            await scripted.Host.SeenAsync(EventTypes.Chunk, run);

        Assert.Equal(4, scripted.Upstream.Requests.Count);
        await scripted.Host.CancelAsync(group.Runs[1]);
        await scripted.Host.SeenAsync(EventTypes.Chunk, behind.Id);
    }

    [Fact]
    public async Task Member_Cancelled_While_It_Waits_Does_Not_Hold_The_Others_Back()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "2"));
        scripted.AnswerAndHang(4);
        var first = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, first.Id);
        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry()]);

        await scripted.Host.CancelAsync(group.Runs[0]);

        await scripted.Host.SeenAsync(EventTypes.Chunk, group.Runs[1]);
    }

    [Fact]
    public async Task Group_That_Waits_For_Places_Of_The_Hub_Is_Not_Overtaken_By_Other_Rooms()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallel", "2"));
        var answers = scripted.AnswerAndHang(4);
        var first = await scripted.Host.StartAsync();
        await answers[0].Requested.InTime();
        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry()]);
        var other = await scripted.Hub.CreateRoomAsync("Chemistry");
        var waiting = await other.StartAsync();
        Assert.Equal(1, waiting.Position);

        await scripted.Host.CancelAsync(first.Id);
        foreach (var run in group.Runs)
            await scripted.Host.SeenAsync(EventTypes.Chunk, run);

        Assert.Equal(RunStates.Queued, (await other.FindAsync(waiting.Id)).State);
        await scripted.Host.CancelAsync(group.Runs[0]);
        await other.SeenAsync(EventTypes.Chunk, waiting.Id);
    }

    [Fact]
    public async Task Group_Whose_Room_Got_Fewer_Places_Starts_In_Parts_And_Blocks_Nobody()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "3"));
        scripted.AnswerAndHang(4);
        var first = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, first.Id);
        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry(), GroupCalls.Entry()]);
        await BudgetAsync(scripted.Host, new { parallelRuns = 2 });

        await scripted.Host.CancelAsync(first.Id);

        await scripted.Host.SeenAsync(EventTypes.Chunk, group.Runs[0]);
        await scripted.Host.SeenAsync(EventTypes.Chunk, group.Runs[1]);
        await scripted.Host.CancelAsync(group.Runs[0]);
        await scripted.Host.SeenAsync(EventTypes.Chunk, group.Runs[2]);
    }

    [Fact]
    public async Task Group_That_Does_Not_Fit_Into_The_Queue_Is_Refused_As_A_Whole()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "2"), ("Runs:MaxQueuedPerRoom", "1"));
        scripted.AnswerAndHang(2);
        await scripted.Host.StartAsync();
        (await scripted.Host.TryStartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry()])).IsProblem(429, ErrorCodes.QueueFull);

        Assert.Equal(0, (await scripted.Host.StartAsync()).Position);
        Assert.Equal(2, (await scripted.Host.EventsAsync()).Count(e => e.Type == EventTypes.RunQueued));
    }

    private static Task<Answer> TryAsync(MemberCaller member, int maxTokens) =>
        member.TryStartAsync(new { agent_config = new { max_tokens = maxTokens }, task = "Try" });

    private static Task BudgetAsync(MemberCaller host, object budget) => RoomChangesTests.ChangeAsync(host, new { budget });
}
