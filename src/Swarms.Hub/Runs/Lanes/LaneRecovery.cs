using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Finishes the lanes that a crash left: nothing of them is released. Those that are kept end as interrupted, the others are erased. It
/// does the same for a lane that was loaded anew.
/// </summary>
internal sealed class LaneRecovery(IRoomDirectory rooms, IRoomStore store, TimeProvider time) : IStartStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var laneId in await store.FindUnfinishedLanesAsync(cancellationToken))
        {
            if (await rooms.TryOpenAsync(laneId, cancellationToken) is not { } lease)
                continue;

            using (lease)
                await FinishAsync(lease.Log, RunReasons.HubCrashed, cancellationToken);
        }
    }

    public async Task FinishAsync(RoomLog log, string reason, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsKeptAsync(log, cancellationToken))
                await EndAsync(log, reason, cancellationToken);
            else
                await log.AppendNowAsync([], cancellationToken, new RoomChange.DeleteRoom(time.GetUtcNow()));
        }
        catch (HubErrorException e) when (e.Code == ErrorCodes.NotFound)
        {
            // It is gone already.
        }
    }

    private async Task<bool> IsKeptAsync(RoomLog log, CancellationToken cancellationToken) =>
        log.Query(state => state.Room.Settings?.HoldBack?.KeepLane) == true
        && await store.FindRunAsync(log.Lane!.Room, log.Lane.Run, cancellationToken) is { RemovedAt: null };

    private async Task EndAsync(RoomLog log, string reason, CancellationToken cancellationToken)
    {
        if (log.Query(state => state.FindRun(log.Id)?.ToRun()) is not { } run || RunStates.HasEnded(run.State))
            return;

        var identity = new RunIdentity(run.Id, await store.FindDataKeyAsync(log.Key, run.Id, cancellationToken) ?? DataKey.Create());
        var ending = PendingEvent.OfRun(time.GetUtcNow(), EventTypes.Interrupted, identity, null, new RunReasonPayload(reason));
        var ended = new RunState(run);
        ended.Apply(ending.ToRoomEvent(0));
        await log.AppendNowAsync([ending], cancellationToken, new RunChange.Save(ended.ToRun(), identity.Key));
    }
}
