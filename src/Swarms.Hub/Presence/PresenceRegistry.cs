using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>
/// Knows who watches which room. Safe from any thread. <see cref="PresenceNotifier"/> tells the room of each change.
/// </summary>
internal sealed class PresenceRegistry(PresenceNotifier notifier, IOptions<PresenceOptions> options, TimeProvider time) : IPresenceFollower
{
    private readonly ConcurrentDictionary<string, RoomViewers> _rooms = [];
    private IPresenceFollower[] _followers = [];

    /// <summary>The rooms that are watched.</summary>
    public IEnumerable<string> Rooms => _rooms.Select(entry => entry.Key);

    /// <summary>Tells the follower of everybody who comes and goes from now on. Called before anybody comes.</summary>
    public void Follow(IPresenceFollower follower) => _followers = [.. _followers, follower];

    /// <summary>Counts a viewer of the member until it is disposed.</summary>
    public IDisposable Join(string roomId, string memberId, IViewerProgress viewer)
    {
        RoomViewers room;
        do
        {
            // A room whose last member leaves between the two steps takes nobody, and the next one is made.
            room = _rooms.GetOrAdd(roomId, id => new RoomViewers(id, options.Value.LeaveAfter, time, this, Changed));
        }
        while (!room.TryAdd(memberId, viewer));

        return new Watching(() => room.Remove(memberId, viewer));
    }

    /// <summary>Gives a connection that watches the room its whole presence.</summary>
    public void Welcome(string roomId, string connectionId) => Find(roomId)?.Welcome(connectionId);

    /// <summary>Lets a member leave at once whose membership ended.</summary>
    public void Forget(string roomId, string memberId) => Find(roomId)?.Forget(memberId);

    /// <summary>Lets those leave at once whose last connection is gone. Called when the hub stops.</summary>
    public void LeaveNow()
    {
        foreach (var (_, room) in _rooms)
            room.LeaveNow();
    }

    public RoomPresence Read(string roomId) => Find(roomId)?.Read() ?? new RoomPresence { Viewers = 0, Members = [] };

    /// <summary>Returns the events that each member who watches the room has yet to be given.</summary>
    public IReadOnlyList<(string MemberId, long EventsBehind)> ReadProgress(string roomId) => Find(roomId)?.ReadProgress() ?? [];

    void IPresenceFollower.Came(string roomId, string memberId, DateTimeOffset at)
    {
        foreach (var follower in _followers)
            follower.Came(roomId, memberId, at);
    }

    void IPresenceFollower.Left(string roomId, string memberId, DateTimeOffset at)
    {
        foreach (var follower in _followers)
            follower.Left(roomId, memberId, at);
    }

    private RoomViewers? Find(string roomId) => _rooms.GetValueOrDefault(roomId);

    private void Changed(RoomViewers room)
    {
        if (room.IsOver)
            _rooms.TryRemove(new(room.RoomId, room));
        else
            notifier.Changed(room);
    }

    private sealed class Watching(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
