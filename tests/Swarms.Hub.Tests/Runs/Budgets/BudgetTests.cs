using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>Budgets and spending, over HTTP with an upstream that states what the test says.</summary>
public sealed class BudgetTests
{
    [Fact]
    public async Task Spending_Follows_Each_Ending_And_Outlasts_A_Restart()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        await RunAsync(scripted, scripted.Host, "0.1");
        await RunAsync(scripted, member, "0.2");
        scripted.Upstream.Answer().Body(Sse.Chunk("no usage") + Sse.Done);
        await member.EndsOnceAsync((await member.StartAsync()).Id);

        var events = await member.EventsAsync();
        var spending = await SpendingAsync(member);
        Assert.Equal(("0.3", 3L, 1L), (spending.Total.Cost, spending.Total.Runs, spending.Total.UnknownCosts));
        Assert.Equal(
            [(scripted.Host.Member, "0.1"), (member.Member, "0.2")], spending.Members.Select(row => (row.Key!, row.Cost!)));
        Assert.Equal([("Writer", "0.3")], spending.Agents.Select(row => (row.Key!, row.Cost!)));
        Assert.Equal([("gpt-4.1", 200L)], spending.Models.Select(row => (row.Key!, row.TotalTokens)));
        Assert.Equal(3, events.Count(e => e.Type == EventTypes.Spending && e.Run is null && e.By is null));
        Assert.All(
            events.Where(e => EventTypes.IsEnding(e.Type)),
            ending => Assert.Equal(ending.Run, events[(int)ending.Sequence].Data.GetProperty("run").GetString()));
        Assert.Equal(spending, Fold(events), Same);
        await scripted.Hub.StopAsync();

        await using var again = scripted.Hub.Restart();
        Assert.Equal(spending, await SpendingAsync(member.At(again.Address)), Same);
    }

    [Fact]
    public async Task Refused_Request_And_One_That_Never_Reached_The_Upstream_Spend_Nothing()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        scripted.Upstream.Answer(400, "application/json").Body("""{"detail": "no"}""");
        await scripted.Host.EndsOnceAsync((await scripted.Host.StartAsync()).Id);
        scripted.AnswerAndHang(1);
        var running = await scripted.Host.StartAsync();
        var queued = await scripted.Host.StartAsync();
        await scripted.Host.CancelAsync(queued.Id);

        Assert.DoesNotContain(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.Spending);
        await scripted.Host.CancelAsync(running.Id);
        Assert.Equal((1L, 1L), ((await SpendingAsync(scripted.Host)).Total.Runs, (await SpendingAsync(scripted.Host)).Total.UnknownTokens));
    }

    [Fact]
    public async Task Reservations_Count_Until_The_Usage_Is_Known()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000 });
        scripted.AnswerAndHang(2);
        var first = await scripted.Host.StartAsync(Story(maxTokens: 500));
        await scripted.Host.StartAsync(Story(maxTokens: 500));

        var refused = (await scripted.Host.TryStartAsync(Story(maxTokens: 1))).IsProblem(402, ErrorCodes.OverBudget);

        Assert.Contains("budget of tokens", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(new RunReservation(500, null), first.Reserved);
        Assert.Equal(0, first.Position);
    }

    [Fact]
    public async Task Cancelling_Evades_Nothing()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000 });
        scripted.AnswerAndHang(2);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var run = await scripted.Host.StartAsync(Story(maxTokens: 500));
            await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);
            await scripted.Host.CancelAsync(run.Id);
        }

        (await scripted.Host.TryStartAsync(Story(maxTokens: 1))).IsProblem(402, ErrorCodes.OverBudget);
        Assert.Equal(1_000, (await SpendingAsync(scripted.Host)).Total.HeldTokens);
    }

    [Fact]
    public async Task Known_Usage_Takes_The_Place_Of_The_Reservation()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000 });
        for (var i = 0; i < 6; i++)
            await RunAsync(scripted, scripted.Host, "0.1", Story(maxTokens: 450));

        var total = (await SpendingAsync(scripted.Host)).Total;
        Assert.Equal((600L, 0L), (total.TotalTokens, total.HeldTokens));
        (await scripted.Host.TryStartAsync(Story(maxTokens: 401))).IsProblem(402, ErrorCodes.OverBudget);
        await RunAsync(scripted, scripted.Host, "0.1", Story(maxTokens: 400));
    }

    [Fact]
    public async Task Cost_Is_Reserved_At_The_Operators_Prices()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Budget:Prices", "gpt-4.1 0 10; other 1 1"));
        await BudgetAsync(scripted.Host, new { roomCost = "0.01" });
        scripted.AnswerAndHang(2);
        var first = await scripted.Host.StartAsync(Story(maxTokens: 500));
        await scripted.Host.StartAsync(Story(maxTokens: 500));

        (await scripted.Host.TryStartAsync(Story(maxTokens: 1))).IsProblem(402, ErrorCodes.OverBudget);
        Assert.Equal(new RunReservation(null, "0.005"), first.Reserved);
    }

    [Fact]
    public async Task Without_A_Price_A_Cost_Budget_Admits_One_Run_At_A_Time()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomCost = "0.5" });
        var go = new TaskCompletionSource();
        scripted.Upstream.Answer().Start().WaitFor(go.Task).Body(Usage("0.2") + Sse.Done);
        scripted.Upstream.Answer().Body(Usage("0.3") + Sse.Done);
        var first = await scripted.Host.StartAsync();
        var second = await scripted.Host.StartAsync();
        var third = await scripted.Host.StartAsync();
        Assert.Equal((0, 1, 2), (first.Position, second.Position, third.Position));
        await scripted.Host.SeenAsync(EventTypes.RunStarted, first.Id);
        Assert.Single(scripted.Upstream.Requests);

        go.SetResult();

        Assert.Equal(EventTypes.Done, (await scripted.Host.EndedAsync(second.Id)).State);
        var refused = await scripted.Host.EndedAsync(third.Id);
        Assert.Equal((EventTypes.Error, ErrorCodes.OverBudget), (refused.State, refused.Error!.Code));
        Assert.Equal(2, scripted.Upstream.Requests.Count);
        Assert.Equal(("0.5", 2L), ((await SpendingAsync(scripted.Host)).Total.Cost, (await SpendingAsync(scripted.Host)).Total.Runs));
    }

    [Fact]
    public async Task Limits_Of_Members_And_Models_Count_Only_Their_Own_Runs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        await BudgetAsync(scripted.Host, new { memberTokens = 200, modelTokens = 400 });
        await RunAsync(scripted, scripted.Host, "0.1", Story(maxTokens: 1));
        await RunAsync(scripted, scripted.Host, "0.1", Story(maxTokens: 1));
        var own = (await scripted.Host.TryStartAsync(Story(maxTokens: 1))).IsProblem(402, ErrorCodes.OverBudget);
        await RunAsync(scripted, member, "0.1", Story(maxTokens: 1));

        Assert.Contains("Your budget of tokens", own.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var model = (await member.TryStartAsync(Story(maxTokens: 101))).IsProblem(402, ErrorCodes.OverBudget);
        Assert.Contains("Your budget", model.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await BudgetAsync(scripted.Host, new { modelTokens = 300 });
        model = (await member.TryStartAsync(Story(maxTokens: 1))).IsProblem(402, ErrorCodes.OverBudget);
        Assert.Contains("for this model", model.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await RunAsync(scripted, member, "0.1", Story(maxTokens: 1, model: "another"));
    }

    [Fact]
    public async Task Starts_Of_An_Hour_Are_Limited_For_Each_Member_Also_After_A_Restart()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var scripted = await ScriptedHub.StartAsync(time);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        await BudgetAsync(scripted.Host, new { memberRunsPerHour = 2 });
        await RunAsync(scripted, member, "0.1");
        time.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(scripted, member, "0.1");

        var refused = (await member.TryStartAsync()).IsProblem(429, ErrorCodes.RateLimited);

        Assert.Equal("3000", refused.Headers["Retry-After"]);
        await RunAsync(scripted, scripted.Host, "0.1");
        await scripted.Hub.StopAsync();
        await using var again = scripted.Restart(time);
        member = member.At(again.Address);
        (await member.TryStartAsync()).IsProblem(429, ErrorCodes.RateLimited);
        time.Advance(TimeSpan.FromMinutes(51));
        scripted.Upstream.Answer().Body(Sse.Done);
        await member.EndsOnceAsync((await member.StartAsync()).Id);
        (await member.TryStartAsync()).IsProblem(429, ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task Parallel_Runs_Wait_And_Go_On_When_The_Limit_Is_Raised()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { parallelRuns = 1 });
        scripted.AnswerAndHang(2);
        await scripted.Host.StartAsync();
        var second = await scripted.Host.StartAsync();
        Assert.Equal(1, second.Position);

        await BudgetAsync(scripted.Host, new { parallelRuns = 2 });

        await scripted.Host.SeenAsync(EventTypes.Chunk, second.Id);
    }

    [Fact]
    public async Task Ceiling_Of_Tokens_Is_What_The_Upstream_Gets()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, JsonElement.Parse("""{"maxTokens": 50, "models": ["gpt-4.1"]}"""));
        await RunAsync(scripted, scripted.Host, "0.1");

        var sent = JsonElement.Parse(Assert.Single(scripted.Upstream.Requests).Body.Span);
        Assert.Equal(50, sent.GetProperty("agent_config").GetProperty("max_tokens").GetInt32());
        (await scripted.Host.TryStartAsync(Story(maxTokens: 51))).IsProblem(402, ErrorCodes.OverBudget);
        (await scripted.Host.TryStartAsync(Story(maxTokens: 5, model: "another"))).IsProblem(402, ErrorCodes.OverBudget);
        (await scripted.Host.TryStartAsync(new { task = "names no model" })).IsProblem(402, ErrorCodes.OverBudget);
    }

    [Fact]
    public async Task Room_Is_Warned_Once_When_Four_Fifths_Are_Used_Up_And_When_A_Limit_Is_Lowered_Below()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomCost = "1", memberTokens = 200 });
        await RunAsync(scripted, scripted.Host, "0.79", Story(maxTokens: 1));
        Assert.Empty(await WarningsAsync(scripted.Host));
        await RunAsync(scripted, scripted.Host, "0.01", Story(maxTokens: 1));

        Assert.Equal(
            [
                new BudgetWarnedPayload(BudgetScopes.Room, null, 80, SpentCost: "0.8", LimitCost: "1"),
                new BudgetWarnedPayload(BudgetScopes.Member, scripted.Host.Member, 80, SpentTokens: 200, LimitTokens: 200),
            ],
            await WarningsAsync(scripted.Host));
        await BudgetAsync(scripted.Host, new { roomCost = "1", modelTokens = 250 });
        await UntilWarnedAsync(scripted.Host, 3);
        Assert.Equal(
            new BudgetWarnedPayload(BudgetScopes.Model, "gpt-4.1", 80, SpentTokens: 200, LimitTokens: 250),
            (await WarningsAsync(scripted.Host))[^1]);
    }

    [Fact]
    public async Task Hard_Stop_Cancels_What_Runs_And_Keeps_Its_Text_And_Usage()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000, hardStop = true });
        var hanging = scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Usage("0.4")).Hang();
        var running = await scripted.Host.StartAsync(Story(maxTokens: 10));
        await scripted.Host.SeenAsync(EventTypes.Usage, running.Id);
        scripted.Upstream.Answer().Body("event: usage\ndata: {\"total_tokens\": 1000}\n\n" + Sse.Done);

        await scripted.Host.StartAsync(Story(maxTokens: 10));

        var stopped = await scripted.Host.EndedAsync(running.Id);
        Assert.Equal(
            (EventTypes.Cancelled, RunReasons.OverBudget, null, "Once "),
            (stopped.State, stopped.Reason, stopped.CancelledBy, stopped.Text));
        Assert.Equal(0.4m, stopped.Usage!.Cost);
        await hanging.Aborted.InTime();
        var total = (await SpendingAsync(scripted.Host)).Total;
        Assert.Equal((1_100L, "0.4"), (total.TotalTokens, total.Cost));
    }

    [Fact]
    public async Task Soft_Stop_Lets_What_Runs_Go_On_And_Lowering_A_Limit_With_A_Hard_One_Does_Not()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await RunAsync(scripted, scripted.Host, "0.1");
        scripted.AnswerAndHang(1);
        var running = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, running.Id);

        await BudgetAsync(scripted.Host, new { roomCost = "0.1" });
        (await scripted.Host.TryStartAsync()).IsProblem(402, ErrorCodes.OverBudget);
        Assert.Equal(RunStates.Running, (await scripted.Host.FindAsync(running.Id)).State);

        await BudgetAsync(scripted.Host, new { roomCost = "0.1", hardStop = true });
        Assert.Equal(RunReasons.OverBudget, (await scripted.Host.EndedAsync(running.Id)).Reason);
    }

    [Fact]
    public async Task Hubs_Budget_Holds_For_All_Rooms_And_After_Their_Deletion()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Budget:Cost", "0.5"), ("Budget:Prices", "gpt-4.1 0 1"));
        var other = await scripted.Hub.CreateRoomAsync("Chemistry");
        await RunAsync(scripted, scripted.Host, "0.3", Story(maxTokens: 1));
        Assert.Equal(204, (await scripted.Host.DeleteAsync(scripted.Host.Path)).Status);
        await scripted.Hub.StopAsync();
        await using var again = scripted.Restart(null, ("Budget:Cost", "0.5"), ("Budget:Prices", "gpt-4.1 0 1"));
        other = other.At(again.Address);
        scripted.Upstream.Answer().Body(Usage("0.2") + Sse.Done);

        await other.EndsOnceAsync((await other.StartAsync(Story(maxTokens: 1))).Id);

        var refused = (await other.TryStartAsync(Story(maxTokens: 1))).IsProblem(402, ErrorCodes.OverBudget);
        Assert.Contains("The hub's budget of money", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal([new BudgetWarnedPayload(BudgetScopes.Hub, null, 80)], await WarningsAsync(other));
    }

    [Fact]
    public async Task Every_Door_Says_That_The_Budget_Refuses_A_Run()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 0 });

        (await scripted.Host.TryStartAsync()).IsProblem(402, ErrorCodes.OverBudget);
        await using (var caller = await HubCaller.ConnectAsync(scripted.Host))
        {
            await caller.IsRefusedAsync(
                ErrorCodes.OverBudget, "StartRun", scripted.Host.Room, new { request = RunCalls.Story, kind = "agent" });
        }

        foreach (var (path, body) in new[] { (DoorCalls.Agent, DoorCalls.Streamed), (DoorCalls.Swarm, DoorCalls.NotStreamed) })
        {
            using var door = await scripted.OpenAsync();
            var answer = await door.AskAsync(path, scripted.Host.Token!, body);
            Assert.Contains("The room's budget of tokens", await answer.DetailAsync(402), StringComparison.Ordinal);
        }

        Assert.Empty(scripted.Upstream.Requests);
        Assert.DoesNotContain(await scripted.Host.EventsAsync(), e => e.Run is not null);
    }

    [Fact]
    public async Task Run_That_A_Crash_Ended_Keeps_Its_Reservation()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await BudgetAsync(scripted.Host, new { roomTokens = 1_000, parallelRuns = 1 });
        scripted.AnswerAndHang(1);
        var running = await scripted.Host.StartAsync(Story(maxTokens: 400));
        var queued = await scripted.Host.StartAsync(Story(maxTokens: 300));
        await scripted.Host.SeenAsync(EventTypes.Chunk, running.Id);
        var copy = Path.Combine(Path.GetDirectoryName(scripted.Hub.DatabasePath)!, "crashed.db");
        foreach (var suffix in new[] { "", "-wal" })
            File.Copy(scripted.Hub.DatabasePath + suffix, copy + suffix);

        await using var again = HubUnderTest.Start(("Storage:Path", copy));
        var host = scripted.Host.At(again.Address);

        var states = new[] { (await host.FindAsync(running.Id)).State, (await host.FindAsync(queued.Id)).State };
        Assert.Equal([EventTypes.Interrupted, EventTypes.Interrupted], states);
        var total = (await SpendingAsync(host)).Total;
        Assert.Equal((1L, 400L, 1L), (total.Runs, total.HeldTokens, total.UnknownTokens));
        (await host.TryStartAsync(Story(maxTokens: 601))).IsProblem(402, ErrorCodes.OverBudget);
    }

    [Fact]
    public async Task Proposal_Is_Asked_At_Its_Approval_And_Stays_If_The_Budget_Refuses_It()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await RoomChangesTests.ChangeAsync(scripted.Host, new { moderated = true, budget = new { roomTokens = 100, maxTokens = 60 } });
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var (first, second) = (await member.StartAsync(), await member.StartAsync());
        scripted.AnswerAndHang(1);
        var approved = await scripted.Host.PostAsync($"{member.Path}/runs/{first.Id}/approve", new { });

        (await scripted.Host.PostAsync($"{member.Path}/runs/{second.Id}/approve", new { })).IsProblem(402, ErrorCodes.OverBudget);

        Assert.Equal(60, approved.Json.GetProperty("reserved").GetProperty("tokens").GetInt64());
        Assert.Equal((RunStates.Proposed, null), ((await member.FindAsync(second.Id)).State, (await member.FindAsync(second.Id)).Reserved));
        await BudgetAsync(scripted.Host, new { roomTokens = 200, maxTokens = 60 });
        scripted.AnswerAndHang(1);
        Assert.Equal(200, (await scripted.Host.PostAsync($"{member.Path}/runs/{second.Id}/approve", new { })).Status);
    }

    [Fact]
    public async Task Endings_At_One_Moment_Lose_No_Cent_And_Come_In_The_Order_Of_Their_Sums()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "20"), ("Runs:MaxParallel", "20"));
        var go = new TaskCompletionSource();
        for (var i = 0; i < 20; i++)
            scripted.Upstream.Answer().Start().WaitFor(go.Task).Body(Usage("0.1") + Sse.Done);

        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scripted.Host.StartAsync()));
        go.SetResult();
        foreach (var run in runs)
            await scripted.Host.EndedAsync(run.Id);

        var events = await scripted.Host.EventsAsync();
        Assert.Equal(
            Enumerable.Range(1, 20).Select(n => RoomLogs.Amounts.Write(n * 0.1m)),
            events.Where(e => e.Type == EventTypes.Spending).Select(e => SpendingPayload.Read(e.Data).Total.Cost));
        Assert.Equal(Fold(events), await SpendingAsync(scripted.Host), Same);
    }

    private static string Usage(string cost) =>
        $"event: usage\ndata: {{\"input_tokens\": 40, \"output_tokens\": 60, \"total_cost\": {cost}}}\n\n";

    private static object Story(int maxTokens, string model = "gpt-4.1") =>
        new { agent_config = new { agent_name = "Writer", model_name = model, max_tokens = maxTokens }, task = "Tell a story" };

    private static async Task RunAsync(ScriptedHub scripted, MemberCaller member, string cost, object? request = null)
    {
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Usage(cost) + Sse.Done);
        await member.EndsOnceAsync((await member.StartAsync(request)).Id);
    }

    private static Task BudgetAsync(MemberCaller host, object budget) => RoomChangesTests.ChangeAsync(host, new { budget });

    private static async Task<RoomSpending> SpendingAsync(MemberCaller member) =>
        (await member.GetAsync(member.Path)).Json.GetProperty("spending").Deserialize<RoomSpending>(ProtocolJson.Options)!;

    private static async Task<IReadOnlyList<BudgetWarnedPayload>> WarningsAsync(MemberCaller member) =>
        [.. (await member.EventsAsync()).Where(e => e.Type == EventTypes.BudgetWarned).Select(e => BudgetWarnedPayload.Read(e.Data))];

    private static async Task UntilWarnedAsync(MemberCaller member, int count)
    {
        await using var feed = await member.ReplayAsync();
        for (var i = 0; i < count; i++)
            await feed.UntilAsync(item => item.EventType == EventTypes.BudgetWarned);
    }

    private static RoomSpending Fold(IEnumerable<RoomEvent> events)
    {
        var state = new RoomState(new Room { Id = "r", Name = "", CreatedAt = default });
        foreach (var roomEvent in events)
            state.Apply(roomEvent);

        return state.Spending!;
    }

    private static bool Same(RoomSpending one, RoomSpending other) =>
        JsonSerializer.Serialize(one, ProtocolJson.Options) == JsonSerializer.Serialize(other, ProtocolJson.Options);
}
