using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Delivery;

/// <summary>Opens rooms for viewers: who reads a room's log, over whatever, takes a seat here. Safe from any thread. Next: <see cref="ViewerSeat"/>.</summary>
internal sealed class Viewers(RoomRegistry rooms, MemberConnections connections, PresenceRegistry presence, HubMetrics metrics)
{
    public async Task<ViewerSeat> OpenAsync(string roomId, string memberId, string? cursor, CancellationToken cancellationToken)
    {
        var from = Parse(cursor);
        var lease = await rooms.OpenAsync(roomId, cancellationToken);
        MemberConnections.Registration? registration = null;
        try
        {
            registration = connections.Register(memberId);
            // Asked again, now that a removal would end this: one that came between the door and here has ended nothing.
            if (lease.Log.Query(state => state.FindMember(memberId)) is null)
                throw ViewerSeat.NotInRoom();

            return new ViewerSeat(lease.Log, from, metrics, [metrics.ViewerJoined(), presence.Join(roomId, memberId), registration, lease], registration.Ended, cancellationToken);
        }
        catch
        {
            registration?.Dispose();
            lease.Dispose();
            throw;
        }
    }

    public static RoomCursor? Parse(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : RoomCursor.TryParse(cursor, out var parsed) ? parsed
        : throw new HubErrorException(ErrorCodes.Invalid, "The cursor is not one of this hub's. Give back the cursor of the last frame, or none.");
}
