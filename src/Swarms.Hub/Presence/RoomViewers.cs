using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>The viewers of one room, by member. Once empty it takes no more. Safe from any thread.</summary>
internal sealed class RoomViewers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _connections = [];
    private int _total;
    private bool _isOver;

    public bool TryAdd(string memberId)
    {
        lock (_lock)
        {
            if (_isOver)
                return false;

            _connections[memberId] = _connections.GetValueOrDefault(memberId) + 1;
            _total++;
            return true;
        }
    }

    /// <summary>Returns true for the last viewer.</summary>
    public bool Remove(string memberId)
    {
        lock (_lock)
        {
            if (--_connections[memberId] == 0)
                _connections.Remove(memberId);

            return _isOver = --_total == 0;
        }
    }

    public RoomPresence Read(int maxMembers)
    {
        lock (_lock)
        {
            return new RoomPresence
            {
                Viewers = _total,
                Members = [.. _connections.Take(maxMembers).Select(member => new MemberPresence(member.Key, member.Value))],
            };
        }
    }
}
