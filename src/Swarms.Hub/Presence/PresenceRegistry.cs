using System.Collections.Concurrent;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>
/// Counts who watches which room. Safe from any thread. <see cref="PresenceNotifier"/> tells the room of each change.
/// </summary>
internal sealed class PresenceRegistry(PresenceNotifier notifier)
{
    // A lecture of a thousand needs the number of viewers, not their names.
    private const int MaxNamedMembers = 500;

    private readonly ConcurrentDictionary<string, RoomViewers> _rooms = [];

    /// <summary>Counts a connection of the member as a viewer of the room until it is disposed.</summary>
    public IDisposable Join(string roomId, string memberId)
    {
        while (!_rooms.GetOrAdd(roomId, _ => new RoomViewers()).TryAdd(memberId))
        {
            // The room's last viewer left between the two steps and removed the entry.
        }

        notifier.Changed(roomId, Read);
        return new Watching(() => Leave(roomId, memberId));
    }

    public RoomPresence Read(string roomId) =>
        _rooms.TryGetValue(roomId, out var viewers) ? viewers.Read(MaxNamedMembers) : new RoomPresence { Viewers = 0, Members = [] };

    private void Leave(string roomId, string memberId)
    {
        if (_rooms.TryGetValue(roomId, out var viewers) && viewers.Remove(memberId))
            _rooms.TryRemove(new(roomId, viewers));

        notifier.Changed(roomId, Read);
    }

    private sealed class Watching(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
