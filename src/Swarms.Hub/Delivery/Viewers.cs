using System.Runtime.CompilerServices;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Delivery;

/// <summary>
/// Opens a room for one viewer and keeps it open while it watches: the room stays in memory, and losing access ends the stream.
/// Each enumeration is one viewer. Next: <see cref="ViewerPump"/>.
/// </summary>
internal sealed class Viewers(RoomRegistry rooms, MemberConnections connections, PresenceRegistry presence, HubMetrics metrics)
{
    public async IAsyncEnumerable<ViewerFrame> WatchAsync(
        string roomId, string memberId, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = Parse(cursor);
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        using var registration = connections.Register(memberId);
        // Asked again, now that a removal would end this: one that came between the door and here has ended nothing.
        if (lease.Log.Query(state => state.FindMember(memberId)) is null)
            throw NotInRoom();

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, registration.Ended);
        using var counted = metrics.ViewerJoined();
        using var watching = presence.Join(roomId, memberId);
        await using var frames = new ViewerPump(lease.Log, metrics).ReadAsync(from, ended.Token).GetAsyncEnumerator(ended.Token);
        while (true)
        {
            try
            {
                if (!await frames.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException) when (registration.Ended.IsCancellationRequested)
            {
                throw NotInRoom();
            }

            yield return frames.Current;
        }
    }

    private static HubErrorException NotInRoom() => new(ErrorCodes.Unauthenticated, "You are not in this room any more.");

    public static RoomCursor? Parse(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : RoomCursor.TryParse(cursor, out var parsed) ? parsed
        : throw new HubErrorException(ErrorCodes.Invalid, "The cursor is not one of this hub's. Give back the cursor of the last frame, or none.");
}
