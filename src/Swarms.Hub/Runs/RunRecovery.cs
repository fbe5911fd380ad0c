using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Ends runs whose upstream is lost: before the first request those that a crash left open, and later those of a reloaded room. An
/// upstream cannot be resumed, but the text so far stays. Proposals of a room's agents go on.
/// </summary>
internal sealed partial class RunRecovery(
    IRoomDirectory rooms, IRoomStore store, RunRegistry registry, RunBudgets budgets, ProposalRestorer proposals, LaneRecovery lanes,
    TimeProvider time, ILogger<RunRecovery> logger)
    : IStartStep, IRoomFollower
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        rooms.Follow(this);
        foreach (var roomId in await store.FindRoomsWithOpenRunsAsync(cancellationToken))
        {
            if (await rooms.TryOpenAsync(roomId, cancellationToken) is not { } lease)
                continue;

            using (lease)
            {
                foreach (var run in lease.Log.Query(state => state.Runs.Where(run => !run.HasEnded).Select(run => run.ToRun()).ToList()))
                {
                    if (await proposals.TryRestoreAsync(roomId, run, cancellationToken))
                        continue;

                    // A proposal loses nothing but its place, whether the hub crashed or was stopped.
                    var reason = run.State == RunStates.Proposed ? RunReasons.HubStopped : RunReasons.HubCrashed;
                    await EndAsync(lease.Log, run, reason, cancellationToken);
                }
            }
        }
    }

    // Never fails: the next start writes endings that cannot be stored now.
    async Task IRoomFollower.ReloadedAsync(RoomReload reload, CancellationToken cancellationToken)
    {
        try
        {
            if (reload.Log.Lane is { } lane)
            {
                registry.Find(lane.Run)?.Stop(new RunStop(EventTypes.Interrupted, RunReasons.StorageChanged, null));
                await lanes.FinishAsync(reload.Log, RunReasons.StorageChanged, cancellationToken);
                return;
            }

            foreach (var run in registry.All(reload.Log.Id).Where(run => run.Generation != reload.Log.Generation))
                run.Stop(new RunStop(EventTypes.Interrupted, RunReasons.StorageChanged, null));

            foreach (var run in reload.OpenRuns)
                await EndAsync(reload.Log, run, RunReasons.StorageChanged, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.EndingsNotStored(logger, reload.Log.Id, e);
        }
    }

    private async Task EndAsync(RoomLog log, Run run, string reason, CancellationToken cancellationToken)
    {
        var identity = new RunIdentity(run.Id, await store.FindDataKeyAsync(log.Key, run.Id, cancellationToken) ?? DataKey.Create());
        var ending = PendingEvent.OfRun(time.GetUtcNow(), EventTypes.Interrupted, identity, null, new RunReasonPayload(reason));
        var ended = new RunState(run);
        ended.Apply(ending.ToRoomEvent(0));
        var hasSpent = run.StartedAt is not null;
        IReadOnlyList<RoomChange> more = run.Group is null ? [] : [new RaceChange.Lose(run.Id, hasSpent)];
        var commit = await budgets.EndAsync(
            log, log.Generation, ending, ended.ToRun(), identity.Key, hasSpent, cancellationToken, more);
        await commit.Committed.WaitAsync(cancellationToken);
        Log.RunInterrupted(logger, run.Id, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} could not go on and is ended as interrupted ({Reason}).")]
        public static partial void RunInterrupted(ILogger logger, string run, string reason);

        [LoggerMessage(2, LogLevel.Error, "The endings of room {Room}'s runs could not be stored. The next start of the hub writes them.")]
        public static partial void EndingsNotStored(ILogger logger, string room, Exception exception);
    }
}
