using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Delivery;
using Swarms.Hub.Errors;

namespace Swarms.Hub.Hubs;

/// <summary>
/// A viewer's frames as SignalR's server-to-client stream: with it the connection gets the room's notices, and its failure becomes
/// <c>code: sentence</c>. One loop for each stream, which is the only thing between the viewer's pump and SignalR: every layer more
/// costs each frame of each viewer two changes of state. Next: <see cref="ViewerSession"/>.
/// </summary>
internal sealed class ViewerStreams(ViewerSessions viewers, HubErrorTranslator failures)
{
    public async IAsyncEnumerable<ViewerFrame> WatchAsync(
        HubCallerContext connection, IGroupManager groups, string roomId, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rooms = WatchedRooms.For(connection);
        var memberId = rooms.CallerIn(roomId).Member.Id;
        var hasEntered = false;
        ViewerSession? seat = null;
        try
        {
            while (true)
            {
                try
                {
                    if (!hasEntered)
                        await rooms.EnterAsync(groups, connection.ConnectionId, roomId);

                    hasEntered = true;
                    seat ??= await viewers.OpenAsync(roomId, memberId, ViewerStart.At(cursor), cancellationToken);
                    if (!await seat.Frames.MoveNextAsync())
                        yield break;
                }
                catch (Exception e) when (failures.Translate(seat?.Explain(e) ?? e, nameof(RoomHub.WatchRoom)) is var told && told != e)
                {
                    throw told;
                }

                yield return seat.Frames.Current;
            }
        }
        finally
        {
            if (seat is not null)
                await seat.DisposeAsync();

            if (hasEntered)
                await rooms.LeaveAsync(groups, connection.ConnectionId, roomId);
        }
    }
}
