using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Delivery;

/// <summary>Opens rooms for viewers: who reads a room's log, over whatever, takes a <see cref="ViewerSeat"/> here. Safe from any thread.</summary>
internal sealed class Viewers(RoomRegistry rooms, MemberConnections connections, PresenceRegistry presence, HubMetrics metrics)
{
    public async Task<ViewerSeat> OpenAsync(string roomId, string memberId, string? cursor, CancellationToken cancellationToken)
    {
        var from = Parse(cursor);
        var lease = await rooms.OpenAsync(roomId, cancellationToken);
        var registration = connections.Register(memberId);
        // Asked again, now that a removal would end this: one that came between the door and here has ended nothing.
        if (lease.Log.Query(state => state.FindMember(memberId)) is null)
        {
            registration.Dispose();
            lease.Dispose();
            throw ViewerSeat.NotInRoom();
        }

        return new ViewerSeat(lease.Log, from, metrics, [metrics.ViewerJoined(), presence.Join(roomId, memberId), registration, lease], registration.Ended, cancellationToken);
    }

    public static RoomCursor? Parse(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : RoomCursor.TryParse(cursor, out var parsed) ? parsed
        : throw new HubErrorException(ErrorCodes.Invalid, "The cursor is not one of this hub's. Give back the cursor of the last frame, or none.");
}
