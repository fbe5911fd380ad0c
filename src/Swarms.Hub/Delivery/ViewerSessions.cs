using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>Opens a session for every reader of a room's log. Safe from any thread. Next: <see cref="ViewerSession"/>.</summary>
internal sealed class ViewerSessions(
    IRoomDirectory rooms, MemberConnections connections, RoomWatchers watchers, PresenceRegistry presence, IAccessStore access,
    RunReader runs, HubMetrics metrics, TimeProvider time)
{
    /// <summary>Opens a session that is a connection of its own.</summary>
    public Task<ViewerSession> OpenAsync(RoomCaller caller, ViewerStart from, CancellationToken cancellationToken) =>
        OpenAsync(caller, from, isWatching: true, () => connections.Open(caller), cancellationToken);

    /// <summary>Opens a session for a stream on a connection that is registered itself.</summary>
    public Task<ViewerSession> WatchAsync(RoomCaller caller, ViewerStart from, CancellationToken cancellationToken) =>
        OpenAsync(
            caller, from, isWatching: true, () => connections.Watch(caller.Member.Id, caller.Lane is not null), cancellationToken);

    /// <summary>
    /// Opens a session for a call that waits for a run's end. Its caller is present, but nobody who could decide about held text.
    /// </summary>
    public Task<ViewerSession> FollowAsync(RoomCaller caller, ViewerStart from, CancellationToken cancellationToken) =>
        OpenAsync(caller, from, isWatching: false, () => connections.Watch(caller.Member.Id), cancellationToken);

    private async Task<ViewerSession> OpenAsync(
        RoomCaller caller, ViewerStart from, bool isWatching, Func<MemberConnections.Registration> register,
        CancellationToken cancellationToken)
    {
        var (roomId, memberId) = (caller.Embed?.RoomId ?? caller.RoomId, caller.Member.Id);
        var lease = await rooms.OpenAsync(roomId, cancellationToken);
        MemberConnections.Registration? registration = null;
        try
        {
            registration = register();
            // The check is repeated after the registration: a removal between the door and here has ended no connection.
            if (caller.Embed is not null)
                await RequireEmbedAsync(caller.Identity.Credential, cancellationToken);
            else if (caller.Lane is { } lane)
                await RequireHostAsync(lane, memberId, cancellationToken);
            else if (lease.Log.Query(state => state.FindMember(memberId)) is null)
                throw RoomAccess.NotInRoom();

            var progress = new ViewerProgress(lease.Log, time);
            List<IDisposable> held = [metrics.ViewerJoined()];
            // A reader of an embed is nobody of the room.
            if (isWatching && caller.Embed is null)
                held.Add(watchers.Enter(caller.Lane?.Room ?? roomId, memberId));

            // A viewer of a lane is none of the room.
            if (caller is { Lane: null, Embed: null })
                held.Add(presence.Join(roomId, memberId, progress));

            held.Add(lease);
            ViewerView view = caller.Embed is { } embed
                ? new RunView(lease.Log, embed.RunId, embed.HidesTask, runs)
                : new MemberView(lease.Log, memberId);
            return new ViewerSession(lease.Log, view, from, metrics, progress, held, registration, cancellationToken);
        }
        catch
        {
            registration?.Dispose();
            lease.Dispose();
            throw;
        }
    }

    private async Task RequireEmbedAsync(byte[] credential, CancellationToken cancellationToken)
    {
        if (await access.FindEmbedAsync(credential, cancellationToken) is null)
            throw RoomAccess.EmbedRevoked();
    }

    private async Task RequireHostAsync(RoomLane lane, string memberId, CancellationToken cancellationToken)
    {
        using var room = await rooms.OpenAsync(lane.Room, cancellationToken);
        if (room.Log.Query(state => state.FindMember(memberId)) is not { Role: MemberRoles.Host })
            throw RoomAccess.NotFound();
    }
}
