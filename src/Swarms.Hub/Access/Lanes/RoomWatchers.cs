namespace Swarms.Hub.Access;

/// <summary>
/// The members who have a connection that watches their room, or a lane of it, at this moment. Unlike presence it knows no patience and is
/// told to nobody: it decides whether a host is here. Safe from any thread.
/// </summary>
internal sealed class RoomWatchers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, int>> _rooms = [];

    /// <summary>Called with the room's id after each change, outside the lock. Set before anybody comes.</summary>
    public Action<string>? Changed { get; set; }

    /// <summary>Counts a connection of the member until it is disposed.</summary>
    public IDisposable Enter(string roomId, string memberId)
    {
        Count(roomId, memberId, 1);
        return new Watching(() => Count(roomId, memberId, -1));
    }

    /// <summary>Returns the members who watch the room or a lane of it.</summary>
    public IReadOnlyList<string> Of(string roomId)
    {
        lock (_lock)
            return _rooms.TryGetValue(roomId, out var members) ? [.. members.Keys] : [];
    }

    private void Count(string roomId, string memberId, int change)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(roomId, out var members))
                _rooms.Add(roomId, members = []);

            var count = members.GetValueOrDefault(memberId) + change;
            if (count > 0)
                members[memberId] = count;
            else
                members.Remove(memberId);

            if (members.Count == 0)
                _rooms.Remove(roomId);
        }

        Changed?.Invoke(roomId);
    }

    private sealed class Watching(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
