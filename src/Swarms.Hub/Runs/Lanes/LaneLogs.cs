using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Creates the lanes of runs whose text is held, right before the runs are queued. Safe from any thread. Next: <see cref="LaneLog"/>.
/// </summary>
internal sealed class LaneLogs(IRoomDirectory rooms, IdGenerator ids, TimeProvider time)
{
    /// <summary>Gives the run a lane, if its room holds texts back. A run that is not queued after all gives it back.</summary>
    public async Task OpenAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        var room = run.Log.Query(state => state.Room);
        if (room.Settings?.HoldBack is not { } rules)
            return;

        var (now, request) = (time.GetUtcNow(), run.Request);
        var (kind, agent) = run.Shown;
        var identity = new RunIdentity(ids.Next(), DataKey.Create());
        var lane = new Room
        {
            Id = identity.Id,
            Name = room.Name,
            CreatedAt = now,
            Settings = RoomSettings.Initial with { HoldBack = rules },
            Lane = new RoomLane(room.Id, run.Id),
        };
        var queued = PendingEvent.OfRun(
            now, EventTypes.RunQueued, identity, run.By,
            new RunQueuedPayload(kind, agent, request.Task, request.TaskLength, 0) { Message = request.Origin?.Message });
        await rooms.CreateAsync(
            lane,
            [PendingEvent.Create(now, EventTypes.RoomCreated, null, new RoomPayload(lane.Name, lane.Settings)), queued],
            cancellationToken,
            new RoomChange.CreateRoom(lane),
            new RunChange.Save(RunState.FromFirst(queued.ToRoomEvent(0)).ToRun(), identity.Key));
        var lease = await rooms.OpenAsync(lane.Id, cancellationToken);
        run.Lane = new LaneLog(lease, identity, new RunHold(lane.Id, rules.Seconds), rules, run.Log, time);
    }

    /// <summary>Takes back the lane of a run that was not queued.</summary>
    public static async Task DropAsync(ActiveRun run)
    {
        if (run.Lane is not { } lane)
            return;

        run.Lane = null;
        await lane.DropAsync();
        lane.Dispose();
    }
}
