using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>Opens rooms for viewers: every reader of a room's log has a session from here. Safe from any thread. Next: <see cref="ViewerSession"/>.</summary>
internal sealed class ViewerSessions(IRoomDirectory rooms, MemberConnections connections, PresenceRegistry presence, HubMetrics metrics)
{
    public async Task<ViewerSession> OpenAsync(string roomId, string memberId, ViewerStart from, CancellationToken cancellationToken)
    {
        var lease = await rooms.OpenAsync(roomId, cancellationToken);
        MemberConnections.Registration? registration = null;
        try
        {
            registration = connections.Register(memberId);
            // Asked again, now that a removal would end this: one that came between the door and here has ended nothing.
            if (lease.Log.Query(state => state.FindMember(memberId)) is null)
                throw ViewerSession.NotInRoom();

            return new ViewerSession(lease.Log, from, metrics, [metrics.ViewerJoined(), presence.Join(roomId, memberId), registration, lease], registration.Ended, cancellationToken);
        }
        catch
        {
            registration?.Dispose();
            lease.Dispose();
            throw;
        }
    }
}
