using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

public sealed class QueueTests
{
    [Fact]
    public async Task Runs_Beyond_The_Limit_Wait_In_Order_And_Move_Up()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        var answers = scripted.AnswerAndHang(4);
        var runs = new List<Run>();
        for (var i = 0; i < 4; i++)
            runs.Add(await scripted.Host.StartAsync());

        Assert.Equal([0, 1, 2, 3], runs.Select(run => run.Position));
        for (var i = 0; i < 4; i++)
        {
            await answers[i].Requested.InTime();
            await scripted.Host.CancelAsync(runs[i].Id);
        }

        foreach (var run in runs)
            await scripted.Host.EndsOnceAsync(run.Id);

        Assert.Equal([0, 1, 2, 3], await PositionsAsync(scripted.Host, EventTypes.RunQueued));
        Assert.Equal([2, 1], Moves(await scripted.Host.EventsAsync(runs[3].Id)));
        Assert.Equal([1], Moves(await scripted.Host.EventsAsync(runs[2].Id)));
        Assert.Empty(Moves(await scripted.Host.EventsAsync(runs[1].Id)));
        Assert.Equal(
            runs.Select(run => run.Id), (await scripted.Host.EventsAsync()).Where(e => e.Type == EventTypes.RunStarted).Select(e => e.Run));
    }

    [Fact]
    public async Task Cancel_Of_A_Waiting_Run_Moves_Up_Those_Behind_It()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        scripted.AnswerAndHang(1);
        var runs = new List<Run>();
        for (var i = 0; i < 4; i++)
            runs.Add(await scripted.Host.StartAsync());

        await scripted.Host.CancelAsync(runs[2].Id);
        await scripted.Host.SeenAsync(EventTypes.RunMoved, runs[3].Id);

        Assert.Equal(1, (await scripted.Host.FindAsync(runs[1].Id)).Position);
        Assert.Equal(2, (await scripted.Host.FindAsync(runs[3].Id)).Position);
        Assert.Empty(Moves(await scripted.Host.EventsAsync(runs[1].Id)));
    }

    [Fact]
    public async Task Start_Is_Refused_While_Requests_That_Wait_Are_Too_Large_Together()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxHeldBytes", "1048576"));
        var answers = scripted.AnswerAndHang(3);
        var large = new { agent_config = new { agent_name = "Writer" }, task = new string('x', 600_000) };
        var first = await StartAsync(scripted.Host, large);
        await scripted.Host.SeenAsync(EventTypes.Chunk, first);
        var second = await StartAsync(scripted.Host, large);

        (await scripted.Host.PostAsync($"{scripted.Host.Path}/runs", new { request = large })).IsProblem(429, ErrorCodes.QueueFull);

        await scripted.Host.CancelAsync(first);
        await answers[1].Requested.InTime();
        await scripted.Host.SeenAsync(EventTypes.Chunk, second);
        await StartAsync(scripted.Host, large);
    }

    [Fact]
    public async Task Requests_That_Wait_In_One_Room_Do_Not_Refuse_A_Run_Of_Another()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxHeldBytes", "1048576"));
        scripted.AnswerAndHang(2);
        var greedy = scripted.Host;
        await greedy.SeenAsync(EventTypes.Chunk, await StartAsync(greedy, RunCalls.Story));
        var large = new { task = new string('x', 60_000) };
        Answer answer;
        do
            answer = await greedy.TryStartAsync(large);
        while (answer.Status == 202);

        answer.IsProblem(429, ErrorCodes.QueueFull);
        var other = await scripted.Hub.CreateRoomAsync("Chemistry");
        Assert.Equal(0, (await other.StartAsync()).Position);
    }

    private static async Task<string> StartAsync(MemberCaller host, object request)
    {
        var answer = await host.PostAsync($"{host.Path}/runs", new { request });
        Assert.Equal(202, answer.Status);
        return answer.Json.GetProperty("run").GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task Start_Is_Refused_When_The_Queue_Is_Full_And_Leaves_Nothing_Behind()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "1"));
        var answers = scripted.AnswerAndHang(2);
        var first = await scripted.Host.StartAsync();
        var second = await scripted.Host.StartAsync();
        var before = (await scripted.Host.EventsAsync()).Count(e => e.Run is not null && e.Type == EventTypes.RunQueued);

        var refusal = (await scripted.Host.TryStartAsync()).IsProblem(429, ErrorCodes.QueueFull);

        Assert.True(int.Parse(refusal.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal(before, (await scripted.Host.EventsAsync()).Count(e => e.Type == EventTypes.RunQueued));
        await using (var caller = await HubCaller.ConnectAsync(scripted.Host))
            await caller.IsRefusedAsync(
                ErrorCodes.QueueFull, "StartRun", scripted.Host.Room, new { request = RunCalls.Story, kind = "agent" });

        await scripted.Host.CancelAsync(first.Id);
        await answers[1].Requested.InTime();
        await scripted.Host.CancelAsync(second.Id);
    }

    [Fact]
    public async Task Whoever_Has_Seen_The_Ending_Finds_The_Place_Free()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "0"));
        await using var feed = await FeedReader.OpenAsync(scripted.Host);
        for (var round = 0; round < 30; round++)
        {
            scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
            var run = await scripted.Host.StartAsync();
            Assert.Equal(0, run.Position);
            await feed.UntilEndOfAsync(run.Id);
        }
    }

    [Fact]
    public async Task Rooms_Share_The_Places_Of_The_Hub_By_Who_Waited_Longest()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallel", "2"));
        var other = await scripted.Hub.CreateRoomAsync("Chemistry");
        var answers = scripted.AnswerAndHang(6);
        // The first room takes both places and asks for two more before the other room comes.
        MemberCaller[] owners = [scripted.Host, scripted.Host, scripted.Host, other, scripted.Host, other];
        var runs = new List<Run>();
        foreach (var owner in owners)
            runs.Add(await owner.StartAsync());

        Assert.Equal([0, 0, 1, 1, 2, 2], runs.Select(run => run.Position));
        await Task.WhenAll(answers[0].Requested, answers[1].Requested).InTime();
        for (var i = 0; i < 4; i++)
        {
            await owners[i].CancelAsync(runs[i].Id);
            await answers[i + 2].Requested.InTime();
            await owners[i + 2].SeenAsync(EventTypes.RunStarted, runs[i + 2].Id);
            Assert.All(
                Enumerable.Range(i + 3, Math.Max(0, 3 - i)), later => Assert.False(later < 6 && answers[later].Requested.IsCompleted));
        }
    }

    [Fact]
    public async Task A_Full_Room_Does_Not_Keep_Others_From_The_Places_Of_The_Hub()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallel", "2"), ("Runs:MaxParallelPerRoom", "1"));
        var other = await scripted.Hub.CreateRoomAsync("Chemistry");
        scripted.AnswerAndHang(2);

        Assert.Equal(0, (await scripted.Host.StartAsync()).Position);
        Assert.Equal(1, (await scripted.Host.StartAsync()).Position);
        Assert.Equal(0, (await other.StartAsync()).Position);
    }

    [Fact]
    public async Task Moves_Never_Follow_The_Start_Of_Their_Run_However_Fast_The_Queue_Is()
    {
        await using var hub = HubUnderTest.Start(("Runs:MaxParallelPerRoom", "2"), ("Runs:MaxQueuedPerRoom", "100"));
        var host = await hub.CreateRoomAsync();
        var request = new { task = "Tell a story", simulation = new { chunksPerSecond = 0, chunks = 1 } };
        var started = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => host.StartAsync(request)));
        await using var feed = await host.ReplayAsync();
        var ended = 0;
        await feed.UntilAsync(item => EventTypes.IsEnding(item.EventType) && ++ended == 60);

        var events = await host.EventsAsync();
        foreach (var run in started)
        {
            var own = events.Where(e => e.Run == run.Id).ToList();
            var types = own.Select(e => e.Type).ToList();
            Assert.Equal(EventTypes.Done, types[^1]);
            Assert.True(types.LastIndexOf(EventTypes.RunMoved) < types.IndexOf(EventTypes.RunStarted), string.Join(" ", types));
            var positions = own.Where(e => e.Type is EventTypes.RunQueued or EventTypes.RunMoved)
                .Select(e => e.Data.GetProperty("position").GetInt32())
                .ToList();
            Assert.Equal(positions.Distinct().OrderDescending(), positions);
        }
    }

    private static IEnumerable<int> Moves(IEnumerable<RoomEvent> events) =>
        events.Where(e => e.Type == EventTypes.RunMoved).Select(e => e.Data.GetProperty("position").GetInt32());

    private static async Task<IEnumerable<int>> PositionsAsync(MemberCaller member, string type) =>
        (await member.EventsAsync()).Where(e => e.Type == type).Select(e => e.Data.GetProperty("position").GetInt32());
}
