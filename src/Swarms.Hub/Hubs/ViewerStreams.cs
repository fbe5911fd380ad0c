using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Access;
using Swarms.Hub.Delivery;
using Swarms.Hub.Errors;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Protocol;

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
        ViewerSession? session = null;
        try
        {
            while (true)
            {
                try
                {
                    if (!hasEntered)
                        await rooms.EnterAsync(groups, connection.ConnectionId, roomId);

                    hasEntered = true;
                    session ??= await viewers.OpenAsync(roomId, memberId, ViewerStart.At(cursor), cancellationToken);
                    if (!await session.Frames.MoveNextAsync())
                        yield break;
                }
                catch (Exception e) when (session?.Explain(e) is HubErrorException { Code: ErrorCodes.Unauthenticated or ErrorCodes.NotFound } lost)
                {
                    EndConnection(connection, lost.Code);
                    throw failures.Translate(lost, nameof(RoomHub.WatchRoom));
                }
                catch (Exception e) when (failures.Translate(e, nameof(RoomHub.WatchRoom)) is var told && told != e)
                {
                    throw told;
                }

                yield return session.Frames.Current;
            }
        }
        finally
        {
            if (session is not null)
                await session.DisposeAsync();

            if (hasEntered)
                await rooms.LeaveAsync(groups, connection.ConnectionId, roomId);
        }
    }

    // A caller with other rooms keeps its connection: it may watch them there.
    private static void EndConnection(HubCallerContext connection, string code)
    {
        if (connection.User?.GetMemberships().Count() == 1)
            connection.Features.Get<ConnectionEnding>()?.Name(code);
    }
}
