using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Runs;

/// <summary>
/// At the start, ends the runs that the last life of the hub left open: their upstream is gone and cannot be resumed. Their text
/// so far stays. Returns before the first request is served, so nobody sees a run that will never go on.
/// </summary>
internal sealed partial class RunRecovery(RoomRegistry rooms, IRoomStore store, TimeProvider time, ILogger<RunRecovery> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var roomId in await store.FindRoomsWithOpenRunsAsync(cancellationToken))
        {
            if (await rooms.TryOpenAsync(roomId, cancellationToken) is not { } lease)
                continue;

            using (lease)
                await EndOpenRunsAsync(lease.Log, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EndOpenRunsAsync(RoomLog log, CancellationToken cancellationToken)
    {
        foreach (var run in log.Query(state => state.Runs.Where(run => !run.HasEnded).Select(run => run.ToRun()).ToList()))
        {
            var ending = PendingEvent.Create(time.GetUtcNow(), EventTypes.Interrupted, run.Id, null, new { reason = "hub_crashed" });
            var ended = new RunState(run);
            ended.Apply(ending.ToRoomEvent(0));
            var commit = await log.AppendAsync([ending], Durability.Power, cancellationToken, new RoomChange.SaveRun(ended.ToRun()));
            await commit.Committed.WaitAsync(cancellationToken);
            Log.RunInterrupted(logger, run.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} was left open by a crash and is ended as interrupted.")]
        public static partial void RunInterrupted(ILogger logger, string run);
    }
}
