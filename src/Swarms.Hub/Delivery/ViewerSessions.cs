using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>Opens rooms for viewers: who reads a room's log, over whatever, takes a seat here. Safe from any thread. Next: <see cref="ViewerSession"/>.</summary>
internal sealed class ViewerSessions
{
    private readonly RoomRegistry _rooms;
    private readonly MemberConnections _connections;
    private readonly PresenceRegistry _presence;
    private readonly HubMetrics _metrics;

    public ViewerSessions(RoomRegistry rooms, MemberConnections connections, PresenceRegistry presence, HubMetrics metrics)
    {
        (_rooms, _connections, _presence, _metrics) = (rooms, connections, presence, metrics);
        rooms.Follow((reload, _) =>
        {
            // They are not in the room that was loaded.
            reload.GoneMembers.ToList().ForEach(connections.End);
            return Task.CompletedTask;
        });
    }

    public async Task<ViewerSession> OpenAsync(string roomId, string memberId, ViewerStart from, CancellationToken cancellationToken)
    {
        var lease = await _rooms.OpenAsync(roomId, cancellationToken);
        MemberConnections.Registration? registration = null;
        try
        {
            registration = _connections.Register(memberId);
            // Asked again, now that a removal would end this: one that came between the door and here has ended nothing.
            if (lease.Log.Query(state => state.FindMember(memberId)) is null)
                throw ViewerSession.NotInRoom();

            return new ViewerSession(lease.Log, from, _metrics, [_metrics.ViewerJoined(), _presence.Join(roomId, memberId), registration, lease], registration.Ended, cancellationToken);
        }
        catch
        {
            registration?.Dispose();
            lease.Dispose();
            throw;
        }
    }
}
