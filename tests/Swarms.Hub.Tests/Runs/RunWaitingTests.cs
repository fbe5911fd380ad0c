using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>Runs of people whose upstream takes no call at the moment.</summary>
public sealed class RunWaitingTests
{
    private const string Refusal = """{"detail": "Rate limit exceeded for minute window(s)."}""";

    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, "30", RunWaitReasons.RateLimit)]
    [InlineData(429, "Thu, 01 Jan 2026 12:00:30 GMT", RunWaitReasons.RateLimit)]
    [InlineData(503, "30", RunWaitReasons.Unavailable)]
    public async Task Run_Waits_In_The_Queue_Until_The_Upstream_Takes_Calls_Again(int status, string retryAfter, string reason)
    {
        await using var scripted = await StartAsync();
        Refuse(scripted, retryAfter, status);
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("At last") + Sse.Done);
        var run = await scripted.Host.StartAsync();

        var waiting = await scripted.Host.SeenAsync(EventTypes.RunWaiting, run.Id);

        Assert.Equal(new RunWaitingPayload(_time.GetUtcNow() + HalfAMinute, 1, reason), RunWaitingPayload.Read(waiting.Data));
        var now = await scripted.Host.FindAsync(run.Id);
        Assert.Equal(
            (RunStates.Queued, _time.GetUtcNow() + HalfAMinute, null, null), (now.State, now.WaitingUntil, now.Position, now.StartedAt));
        Assert.False(answer.Requested.IsCompleted);
        _time.Advance(HalfAMinute);

        var events = await scripted.Host.EndsOnceAsync(run.Id);
        Assert.Equal(
            [EventTypes.RunQueued, EventTypes.RunStarted, EventTypes.RunWaiting, EventTypes.RunStarted, EventTypes.Chunk, EventTypes.Done],
            events.Select(e => e.Type));
        Assert.Equal(2, scripted.Upstream.Requests.Count);
        Assert.Equal(scripted.Upstream.Requests[0].Body.ToArray(), scripted.Upstream.Requests[1].Body.ToArray());
    }

    [Fact]
    public async Task Runs_Of_One_Upstream_Share_The_Time_And_One_Calls_First()
    {
        await using var scripted = await StartAsync();
        Refuse(scripted);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var trial = scripted.Upstream.Answer().WaitFor(release.Task).Body(Sse.Chunk("One") + Sse.Done);
        scripted.Upstream.Answer().Body(Sse.Chunk("Two") + Sse.Done);
        var first = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, first.Id);

        var second = await scripted.Host.StartAsync();
        var waiting = RunWaitingPayload.Read((await scripted.Host.SeenAsync(EventTypes.RunWaiting, second.Id)).Data);

        Assert.Equal(new RunWaitingPayload(_time.GetUtcNow() + HalfAMinute, 0, RunWaitReasons.RateLimit), waiting);
        _time.Advance(HalfAMinute);
        await trial.Requested.InTime();
        Assert.Equal(2, scripted.Upstream.Requests.Count);
        release.SetResult();
        await scripted.Host.EndsOnceAsync(first.Id);
        await scripted.Host.EndsOnceAsync(second.Id);
        Assert.Equal(3, scripted.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Waiting_Run_Gives_Its_Place_To_A_Run_Of_Another_Upstream()
    {
        await using var scripted = await StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Upstreams:own:Kind", "simulator"));
        Refuse(scripted);
        scripted.Upstream.Answer().Body(Sse.Done);
        var limited = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, limited.Id);

        var other = await scripted.Host.StartAsync(new
        {
            agent_config = new { agent_name = "Writer", model_name = "own/any" },
            task = "Tell a story",
            simulation = new { chunksPerSecond = 0, text = "Here" },
        });

        Assert.Equal("Here", (await scripted.Host.EndedAsync(other.Id)).Text);
        _time.Advance(HalfAMinute);
        await scripted.Host.EndsOnceAsync(limited.Id);
    }

    [Fact]
    public async Task Run_Whose_Time_Is_Over_Waits_For_A_Place_And_Comes_First()
    {
        await using var scripted = await StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Upstreams:own:Kind", "simulator"));
        Refuse(scripted);
        scripted.Upstream.Answer().Body(Sse.Done);
        var limited = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, limited.Id);
        var endless = new
        {
            agent_config = new { agent_name = "Writer", model_name = "own/any" },
            task = "Tell a story",
            simulation = new { fault = "silence", faultAfterChunks = 1, chunksPerSecond = 0 },
        };
        var busy = await scripted.Host.StartAsync(endless);
        await scripted.Host.SeenAsync(EventTypes.RunStarted, busy.Id);
        var last = await scripted.Host.StartAsync(endless);
        Assert.Equal(1, last.Position);

        _time.Advance(HalfAMinute);
        await scripted.Host.SeenAsync(EventTypes.RunMoved, limited.Id);

        var now = await scripted.Host.FindAsync(limited.Id);
        Assert.Equal((RunStates.Queued, 1, null), (now.State, now.Position, now.WaitingUntil));
        await scripted.Host.CancelAsync(busy.Id);
        await scripted.Host.EndsOnceAsync(limited.Id);
        await scripted.Host.CancelAsync(last.Id);
    }

    [Fact]
    public async Task Runs_That_Wait_For_The_Upstream_Count_In_The_Room()
    {
        await using var scripted = await StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "1"));
        Refuse(scripted);
        var first = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, first.Id);
        var second = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, second.Id);

        (await scripted.Host.TryStartAsync()).IsProblem(429, ErrorCodes.QueueFull);

        await scripted.Host.CancelAsync(first.Id);
        var third = await scripted.Host.StartAsync();
        await scripted.Host.CancelAsync(second.Id);
        await scripted.Host.CancelAsync(third.Id);
    }

    [Fact]
    public async Task Waiting_Run_Is_Cancelled_At_Once_And_Nothing_Is_Sent()
    {
        await using var scripted = await StartAsync();
        Refuse(scripted);
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, run.Id);

        Assert.Equal(EventTypes.Cancelled, (await scripted.Host.CancelAsync(run.Id)).State);

        await scripted.Host.EndsOnceAsync(run.Id);
        Assert.DoesNotContain(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.Spending);
        Assert.Single(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Waiting_Run_Of_A_Member_Who_Leaves_Is_Cancelled()
    {
        await using var scripted = await StartAsync();
        Refuse(scripted);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var run = await member.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, run.Id);

        await scripted.Host.DeleteAsync($"{scripted.Host.Path}/members/{member.Member}");

        var ended = await scripted.Host.EndedAsync(run.Id);
        Assert.Equal((EventTypes.Cancelled, RunReasons.MemberLeft), (ended.State, ended.Reason));
    }

    [Fact]
    public async Task Room_Is_Deleted_While_A_Run_Waits()
    {
        await using var scripted = await StartAsync();
        Refuse(scripted);
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, run.Id);

        Assert.Equal(204, (await scripted.Host.DeleteAsync(scripted.Host.Path)).Status);

        await Until.TrueAsync(() => scripted.Hub.Get<RunRegistry>().Count == 0);
    }

    [Fact]
    public async Task Stopping_Hub_Ends_A_Waiting_Run_As_Interrupted()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        Refuse(scripted, "500");
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, run.Id);

        await Task.Run(scripted.Hub.StopAsync, CancellationToken);

        await using var again = scripted.Hub.Restart();
        var found = await scripted.Host.At(again.Address).FindAsync(run.Id);
        Assert.Equal(
            (EventTypes.Interrupted, RunReasons.HubStopped, null, null), (found.State, found.Reason, found.WaitingUntil, found.StartedAt));
    }

    [Fact]
    public async Task Longer_Time_Than_The_Hub_Waits_Ends_The_Run_With_The_Refusal()
    {
        await using var scripted = await StartAsync(("Upstream:MaxRateLimitWait", "00:00:29"));
        Refuse(scripted);

        var run = await scripted.Host.StartAsync();

        var error = (await scripted.Host.EndsOnceAsync(run.Id))[^1];
        Assert.Equal(ErrorCodes.UpstreamRejected, error.Data.GetProperty("code").GetString());
        Assert.EndsWith("Retry after 30 seconds.", error.Data.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_That_Is_Refused_Too_Often_Ends_With_The_Refusal()
    {
        await using var scripted = await StartAsync(("Upstream:MaxRateLimitAttempts", "2"));
        Refuse(scripted);
        Refuse(scripted);
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.RunWaiting, run.Id);

        _time.Advance(HalfAMinute);

        Assert.Equal(EventTypes.Error, (await scripted.Host.EndsOnceAsync(run.Id))[^1].Type);
        Assert.Equal(2, scripted.Upstream.Requests.Count);
    }

    [Theory]
    [InlineData(503, null, Refusal)]
    [InlineData(500, "1", Refusal)]
    [InlineData(402, "1", Refusal)]
    [InlineData(429, null, """{"error": {"message": "You exceeded your quota.", "code": "insufficient_quota"}}""")]
    public async Task Other_Refusals_End_The_Run_At_Once(int status, string? retryAfter, string body)
    {
        await using var scripted = await StartAsync();
        Refuse(scripted, retryAfter, status, body);

        var run = await scripted.Host.StartAsync();

        var events = await scripted.Host.EndsOnceAsync(run.Id);
        Assert.Equal([EventTypes.RunQueued, EventTypes.RunStarted, EventTypes.Error], events.Select(e => e.Type));
    }

    [Fact]
    public async Task Blind_Run_Tells_Nothing_Of_Its_Agent_While_It_Waits()
    {
        await using var scripted = await StartAsync();
        Refuse(scripted);
        scripted.Upstream.Answer().Body(Sse.Done);
        scripted.Upstream.Answer().Body(Sse.Done);
        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry("Poet", "o3")], isBlind: true);
        await using var feed = await scripted.Host.ReplayAsync();

        var waiting = await feed.UntilAsync(item => item.EventType == EventTypes.RunWaiting);

        Assert.Equal(
            ["attempt", "reason", "until"], waiting.GetProperty("data").EnumerateObject().Select(field => field.Name).Order());
        _time.Advance(HalfAMinute);
        foreach (var run in group.Runs)
            Assert.Equal(EventTypes.Done, (await scripted.Host.EndedAsync(run)).State);

        Assert.Equal(3, scripted.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Held_Run_Waits_And_Is_Released_Afterwards()
    {
        await using var room = await HeldRoom.StartAsync(new { });
        Refuse(room.Scripted);
        room.Scripted.Upstream.Answer().Body(Sse.Chunk("At last") + Sse.Done);
        var run = await room.Participant.StartAsync();
        await room.Host.SeenAsync(EventTypes.RunWaiting, run.Id);

        room.Time.Advance(HalfAMinute);

        await HeldRoom.UntilAsync(async () =>
        {
            await room.ReleaseAsync(run.Id);
            return (await room.RunAsync(room.Host.Room, run.Id)).State == EventTypes.Done;
        });
        Assert.Equal("At last", (await room.Host.FindAsync(run.Id)).Text);
    }

    [Fact]
    public async Task Call_At_A_Door_Gets_The_Refusal_And_Waits_For_Nothing()
    {
        await using var scripted = await StartAsync();
        Refuse(scripted);

        var answer = await scripted.Host.PostAsync("/v1/agent/completions", RunCalls.Story);

        Assert.Equal((429, Refusal, "30"), (answer.Status, answer.Text, answer.Headers["Retry-After"]));
        Assert.DoesNotContain(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.RunWaiting);
    }

    private Task<ScriptedHub> StartAsync(params (string Name, string Value)[] settings) =>
        ScriptedHub.StartAsync(_time, [("Upstream:IdleTimeout", "1.00:00:00"), .. settings]);

    private static void Refuse(ScriptedHub scripted, string? retryAfter = "30", int status = 429, string body = Refusal)
    {
        var answer = scripted.Upstream.Answer(status, "application/json");
        if (retryAfter is not null)
            answer.Header("Retry-After", retryAfter);

        answer.Body(body);
    }
}
