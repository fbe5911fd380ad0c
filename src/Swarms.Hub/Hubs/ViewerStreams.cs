using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Access;
using Swarms.Hub.Delivery;
using Swarms.Hub.Errors;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs;

/// <summary>
/// Gives a viewer's frames to SignalR as a server-to-client stream. With the stream the connection gets the room's notices; a failure
/// becomes <c>code: sentence</c>. One loop for each stream is the only layer between the pump and SignalR, because every layer costs each
/// frame of each viewer. Next: <see cref="RoomHubProtocol"/>.
/// </summary>
internal sealed class ViewerStreams(ViewerSessions viewers, PresenceRegistry presence, HubErrorTranslator failures)
{
    public async IAsyncEnumerable<ViewerFrame> WatchAsync(
        HubCallerContext connection, IGroupManager groups, string roomId, string? cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rooms = WatchedRooms.For(connection);
        var caller = rooms.CallerIn(roomId);
        var hasEntered = false;
        ViewerSession? session = null;
        try
        {
            while (true)
            {
                try
                {
                    if (!hasEntered)
                        await rooms.EnterAsync(groups, connection.ConnectionId, caller);

                    hasEntered = true;
                    session ??= await OpenAsync(connection, caller, cursor, cancellationToken);
                    if (!await session.Frames.MoveNextAsync())
                        yield break;
                }
                catch (Exception e)
                    when (session?.Explain(e) is HubErrorException { Code: ErrorCodes.Unauthenticated or ErrorCodes.NotFound } lost)
                {
                    // A lane's end is not that of the room, which the connection may watch as well.
                    if (caller.Lane is null)
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
                await rooms.LeaveAsync(groups, connection.ConnectionId, caller);
        }
    }

    private async Task<ViewerSession> OpenAsync(
        HubCallerContext connection, RoomCaller caller, string? cursor, CancellationToken cancellationToken)
    {
        var session = await viewers.WatchAsync(caller, ViewerStart.At(cursor), cancellationToken);
        presence.Welcome(caller.RoomId, connection.ConnectionId);
        return session;
    }

    // A caller with other rooms keeps its connection, because it may watch them on it.
    private static void EndConnection(HubCallerContext connection, string code)
    {
        if (connection.User?.FindCaller() is { Embed: not null } or { Tokens.Count: 1 })
            connection.Features.Get<ConnectionEnding>()?.Name(code);
    }
}
