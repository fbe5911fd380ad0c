using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Changes names and settings of rooms. Changes of two hosts at one moment are merged, setting by setting, in the order of the log. When a
/// room is read into memory, it gets the hub's present defaults. Safe from any thread.
/// </summary>
internal sealed partial class RoomChanges(IRoomDirectory rooms, RoomSettingsPolicy policy, TimeProvider time, ILogger<RoomChanges> logger)
    : IStartStep, IRoomFollower
{
    // Others change a room at the same moment only so often.
    private const int MaxAttempts = 10;

    /// <summary>Changes the room by a host's request; a part that is null stays.</summary>
    public Task<Room> ChangeAsync(RoomCaller caller, string? name, JsonElement? settings, CancellationToken cancellationToken)
    {
        return ChangeAsync(caller.RoomId, caller.Member.Id, Change, cancellationToken);

        Room Change(Room room) => room with
        {
            Name = name ?? room.Name,
            Settings = settings is { } changes ? policy.Change(room.Settings ?? RoomSettings.Initial, changes) : room.Settings,
        };
    }

    public Task RunAsync(CancellationToken cancellationToken)
    {
        rooms.Follow(this);
        return Task.CompletedTask;
    }

    void IRoomFollower.Loaded(RoomLog log)
    {
        // A lane keeps the settings that its run began with.
        if (log.Lane is not null)
            return;

        var settings = log.Query(state => state.Room.Settings);
        if (settings is null || policy.Settle(settings) != settings)
            _ = SettleAsync(log.Id);
    }

    // Never fails: the next load tries again.
    private async Task SettleAsync(string roomId)
    {
        // The room cannot be opened before its load has returned.
        await Task.Yield();
        try
        {
            await ChangeAsync(roomId, by: null, Settle, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.NotSettled(logger, roomId, e);
        }
    }

    private Room Settle(Room room) => room with { Settings = policy.Settle(room.Settings ?? RoomSettings.Initial) };

    private async Task<Room> ChangeAsync(string roomId, string? by, Func<Room, Room> change, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var before = lease.Log.Query(state => state.Room);
            var after = change(before);
            if (after == before)
                return after;

            var changed = PendingEvent.Create(time.GetUtcNow(), EventTypes.RoomChanged, by, new RoomPayload(after.Name, after.Settings));
            try
            {
                await lease.Log.AppendNowAsync([changed], cancellationToken, new RoomChange.ChangeRoom(before, after, by));
                return after;
            }
            catch (HubErrorException e) when (e.Code == ErrorCodes.Conflict && attempt < MaxAttempts)
            {
                // Somebody changed the room meanwhile.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Room {Room} could not be given the hub's present settings. Its next load tries again.")]
        public static partial void NotSettled(ILogger logger, string room, Exception exception);
    }
}
