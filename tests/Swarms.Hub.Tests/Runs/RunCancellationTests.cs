using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

public sealed class RunCancellationTests
{
    [Fact]
    public async Task Cancel_Of_A_Queued_Run_Never_Calls_The_Upstream()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        scripted.AnswerAndHang(1);
        await scripted.Host.StartAsync();
        var waiting = await scripted.Host.StartAsync();

        var cancelled = await scripted.Host.CancelAsync(waiting.Id);

        Assert.Equal((EventTypes.Cancelled, "", null, null), (cancelled.State, cancelled.Text, cancelled.StartedAt, cancelled.Position));
        Assert.Equal([EventTypes.RunQueued, EventTypes.Cancelled], (await scripted.Host.EndsOnceAsync(waiting.Id)).Select(e => e.Type));
        // A second call would find no scripted answer and fail the test at its end.
    }

    [Fact]
    public async Task Cancel_While_The_Upstream_Has_Not_Answered_Stops_It()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer().Hang();
        var run = await scripted.Host.StartAsync();
        await answer.Requested.InTime();

        var cancelled = await scripted.Host.CancelAsync(run.Id);

        await answer.Aborted.InTime();
        Assert.Equal((EventTypes.Cancelled, ""), (cancelled.State, cancelled.Text));
        Assert.Equal(
            [EventTypes.RunQueued, EventTypes.RunStarted, EventTypes.Cancelled],
            (await scripted.Host.EndsOnceAsync(run.Id)).Select(e => e.Type));
    }

    [Fact]
    public async Task Cancel_Before_The_First_Chunk_Stops_The_Upstream()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer().Body("event: metadata\ndata: {\"job_id\": \"j1\"}\n\n").Hang();
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Metadata, run.Id);

        var cancelled = await scripted.Host.CancelAsync(run.Id);

        await answer.Aborted.InTime();
        Assert.Equal((EventTypes.Cancelled, "", "j1"), (cancelled.State, cancelled.Text, cancelled.JobId));
        await scripted.Host.EndsOnceAsync(run.Id);
    }

    [Fact]
    public async Task Cancel_At_The_Very_End_Leaves_One_Ending()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            scripted.Upstream.Answer().Body(Sse.Chunk("Once")).WaitFor(finish.Task).Body(Sse.Done);
            var run = await scripted.Host.StartAsync();
            await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);

            var cancelling = scripted.Host.CancelAsync(run.Id);
            finish.SetResult();
            var answered = await cancelling;

            Assert.Contains(answered.State, new[] { EventTypes.Cancelled, EventTypes.Done });
            Assert.Equal(answered.State, (await scripted.Host.EndsOnceAsync(run.Id))[^1].Type);
        }
    }

    [Fact]
    public async Task Cancel_Of_A_Run_That_Has_Ended_Returns_It_As_It_Is()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        var run = await scripted.Host.StartAsync();
        await scripted.Host.EndedAsync(run.Id);

        Assert.Equal((EventTypes.Done, "Once"), await StateAsync());
        Assert.Equal((EventTypes.Done, "Once"), await StateAsync());
        await scripted.Host.EndsOnceAsync(run.Id);

        async Task<(string, string?)> StateAsync() =>
            await scripted.Host.CancelAsync(run.Id) is var found ? (found.State, found.Text) : default;
    }

    [Fact]
    public async Task Cancelling_Twice_At_Once_Cancels_Once()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scripted.Host.CancelAsync(run.Id)));

        Assert.All(answers, answer => Assert.Equal((EventTypes.Cancelled, "Once "), (answer.State, answer.Text)));
        await scripted.Host.EndsOnceAsync(run.Id);
    }

    [Fact]
    public async Task Cancel_Of_Another_Members_Run_Is_Forbidden_But_To_A_Host()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.AnswerAndHang(1)[0];
        var bob = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var eve = await scripted.Host.InviteAsync(MemberRoles.Participant, "Eve");
        var viewer = await scripted.Host.InviteAsync(MemberRoles.Viewer, "Vic");
        var run = await bob.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);

        (await eve.TryCancelAsync(run.Id)).IsProblem(403, ErrorCodes.Forbidden);
        (await viewer.TryCancelAsync(run.Id)).IsProblem(403, ErrorCodes.Forbidden);
        Assert.False(answer.Aborted.IsCompleted);
        await scripted.Host.CancelAsync(run.Id);

        await answer.Aborted.InTime();
        Assert.Equal(scripted.Host.Member, (await bob.EndsOnceAsync(run.Id))[^1].By);
        (await bob.TryCancelAsync("no-such-run")).IsProblem(404, ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Cancel_Works_Over_SignalR_From_Another_Connection_Of_The_Same_Member()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.AnswerAndHang(1)[0];
        await using var other = await HubCaller.ConnectAsync(scripted.Host);
        string run;
        await using (var first = await HubCaller.ConnectAsync(scripted.Host))
            run = (await first.InvokeAsync("StartRun", scripted.Host.Room, new { request = RunCalls.Story, kind = "agent" }))
                .GetProperty("id")
                .GetString()!;

        await scripted.Host.SeenAsync(EventTypes.Chunk, run);
        var cancelled = await other.InvokeAsync("CancelRun", scripted.Host.Room, run);

        await answer.Aborted.InTime();
        Assert.Equal(EventTypes.Cancelled, cancelled.GetProperty("state").GetString());
        await scripted.Host.EndsOnceAsync(run);
    }

    [Fact]
    public async Task Cancel_While_The_Disk_Fails_Stops_The_Upstream_And_Keeps_Exactly_What_The_Log_Took()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Storage:MaxPendingEvents", "16"));
        scripted.Hub.Expect(LogLevel.Error);
        var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("first ")).WaitFor(more.Task)
            .Body(string.Concat(Enumerable.Range(0, 100).Select(n => Sse.Chunk($"{n} ")))).Hang();
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);

        Task<Answer> cancelling;
        using (new HeldDatabase(scripted.Hub.DatabasePath))
        {
            more.SetResult();
            await scripted.HeldBackAsync();
            cancelling = scripted.Host.TryCancelAsync(run.Id);
            await answer.Aborted.InTime();
        }

        await cancelling;
        var events = await scripted.Host.EndsOnceAsync(run.Id);
        Assert.Equal(EventTypes.Cancelled, events[^1].Type);
        Assert.InRange(events.Count, 10, 40);
        // The store must have the same run, for the time when the room has left memory.
        var stored = await scripted.Hub.Get<IRoomStore>().FindRunAsync(scripted.Host.Room, run.Id, TestContext.Current.CancellationToken);
        Assert.Equal((await scripted.Host.FindAsync(run.Id)).Text, stored!.Text);
    }
}
