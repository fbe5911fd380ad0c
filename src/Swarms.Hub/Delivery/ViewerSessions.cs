using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>Opens a session for every reader of a room's log. Safe from any thread. Next: <see cref="ViewerSession"/>.</summary>
internal sealed class ViewerSessions(IRoomDirectory rooms, MemberConnections connections, PresenceRegistry presence, HubMetrics metrics)
{
    public async Task<ViewerSession> OpenAsync(string roomId, string memberId, ViewerStart from, CancellationToken cancellationToken)
    {
        var lease = await rooms.OpenAsync(roomId, cancellationToken);
        MemberConnections.Registration? registration = null;
        try
        {
            registration = connections.Register(memberId);
            // The check is repeated after the registration: a removal between the door and here has ended no connection.
            if (lease.Log.Query(state => state.FindMember(memberId)) is null)
                throw ViewerSession.NotInRoom();

            IDisposable[] held = [metrics.ViewerJoined(), presence.Join(roomId, memberId), registration, lease];
            return new ViewerSession(lease.Log, from, metrics, held, registration.Ended, cancellationToken);
        }
        catch
        {
            registration?.Dispose();
            lease.Dispose();
            throw;
        }
    }
}
