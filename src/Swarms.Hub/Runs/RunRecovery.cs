using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Ends runs that nobody can go on with: at the start those that the last life of the hub left open, before the first request is served,
/// and those of a room that had to be loaded anew. Their upstream is gone and cannot be resumed; their text so far stays.
/// </summary>
internal sealed partial class RunRecovery(IRoomDirectory rooms, IRoomStore store, RunRegistry registry, TimeProvider time, ILogger<RunRecovery> logger) : IStartStep, IRoomFollower
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
                    await EndAsync(lease.Log, run, RunReasons.HubCrashed, cancellationToken);
            }
        }
    }

    // Never fails: what cannot be written now is written at the next start.
    async Task IRoomFollower.ReloadedAsync(RoomReload reload, CancellationToken cancellationToken)
    {
        try
        {
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
        var commit = await log.AppendAsync([ending], Durability.Power, cancellationToken, new RunChange.Save(ended.ToRun(), identity.Key));
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
