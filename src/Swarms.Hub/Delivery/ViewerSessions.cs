using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>Opens a session for every reader of a room's log. Safe from any thread. Next: <see cref="ViewerSession"/>.</summary>
internal sealed class ViewerSessions(
    IRoomDirectory rooms, MemberConnections connections, PresenceRegistry presence, HubMetrics metrics, TimeProvider time)
{
    /// <summary>Opens a session that is a connection of its own.</summary>
    public Task<ViewerSession> OpenAsync(RoomCaller caller, ViewerStart from, CancellationToken cancellationToken) =>
        OpenAsync(caller, from, () => connections.Open(caller), cancellationToken);

    /// <summary>Opens a session for a stream on a connection that is registered itself.</summary>
    public Task<ViewerSession> WatchAsync(RoomCaller caller, ViewerStart from, CancellationToken cancellationToken) =>
        OpenAsync(caller, from, () => connections.Watch(caller.Member.Id), cancellationToken);

    private async Task<ViewerSession> OpenAsync(
        RoomCaller caller, ViewerStart from, Func<MemberConnections.Registration> register, CancellationToken cancellationToken)
    {
        var (roomId, memberId) = (caller.RoomId, caller.Member.Id);
        var lease = await rooms.OpenAsync(roomId, cancellationToken);
        MemberConnections.Registration? registration = null;
        try
        {
            registration = register();
            // The check is repeated after the registration: a removal between the door and here has ended no connection.
            if (lease.Log.Query(state => state.FindMember(memberId)) is null)
                throw RoomAccess.NotInRoom();

            var progress = new ViewerProgress(lease.Log, time);
            IDisposable[] held = [metrics.ViewerJoined(), presence.Join(roomId, memberId, progress), lease];
            return new ViewerSession(lease.Log, memberId, from, metrics, progress, held, registration, cancellationToken);
        }
        catch
        {
            registration?.Dispose();
            lease.Dispose();
            throw;
        }
    }
}
