using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>
/// The viewers of one room, by member. A member stays for <see cref="PresenceOptions.LeaveAfter"/> after its last connection, so that a
/// reconnect is no leave. Once empty it takes no more. Safe from any thread.
/// </summary>
internal sealed class RoomViewers(
    string roomId, TimeSpan leaveAfter, TimeProvider time, IPresenceFollower follower, Action<RoomViewers> changed)
{
    // A lecture of a thousand needs the number of viewers, not their names.
    internal const int MaxNamedMembers = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PresentMember> _members = [];
    private readonly HashSet<string> _changed = [];
    private readonly List<string> _left = [];
    private readonly List<string> _newcomers = [];
    private int _total;
    private int _toldTotal;
    private int _named;

    public string RoomId => roomId;

    /// <summary>True for good once the last member has left.</summary>
    public bool IsOver { get; private set; }

    public bool TryAdd(string memberId, IViewerProgress viewer)
    {
        lock (_lock)
        {
            if (IsOver)
                return false;

            if (!_members.TryGetValue(memberId, out var member))
            {
                _members.Add(memberId, member = new PresentMember());
                Name_NeedsLock(member);
                follower.Came(roomId, memberId, time.GetUtcNow());
            }

            member.Leaving?.Dispose();
            (member.Leaving, member.LostAt, member.LastViewer) = (null, null, null);
            member.Viewers.Add(viewer);
            _total++;
            _changed.Add(memberId);
        }

        changed(this);
        return true;
    }

    /// <summary>Removes one viewer of the member. The member itself leaves later.</summary>
    public void Remove(string memberId, IViewerProgress viewer)
    {
        lock (_lock)
        {
            // A member who was removed from the room has left already, with all its viewers.
            if (!_members.TryGetValue(memberId, out var member) || !member.Viewers.Remove(viewer))
                return;

            _total--;
            _changed.Add(memberId);
            if (member.Viewers.Count == 0)
            {
                (member.LastViewer, member.LostAt) = (viewer, time.GetUtcNow());
                member.Leaving = time.CreateTimer(_ => Leave(memberId, member), null, leaveAfter, Timeout.InfiniteTimeSpan);
            }
        }

        changed(this);
    }

    /// <summary>Lets a member leave at once, whose membership ended.</summary>
    public void Forget(string memberId)
    {
        lock (_lock)
        {
            if (!_members.TryGetValue(memberId, out var member))
                return;

            _total -= member.Viewers.Count;
            Leave_NeedsLock(memberId, member);
        }

        changed(this);
    }

    /// <summary>Lets those leave at once whose last connection is gone.</summary>
    public void LeaveNow()
    {
        lock (_lock)
        {
            foreach (var (memberId, member) in _members.Where(entry => entry.Value.Leaving is not null).ToList())
                Leave_NeedsLock(memberId, member);
        }

        changed(this);
    }

    /// <summary>Gives the connection the whole presence with the next notice.</summary>
    public void Welcome(string connectionId)
    {
        lock (_lock)
            _newcomers.Add(connectionId);

        changed(this);
    }

    /// <summary>Takes the news since the last notice; null if there are none, or nobody to tell.</summary>
    public PresenceNotice? Take()
    {
        lock (_lock)
        {
            if (_total == 0)
                return null;

            var came = new List<MemberPresence>();
            foreach (var id in _changed)
            {
                if (_members.TryGetValue(id, out var member) && member.IsNamed && member.Told != member.Connections)
                    came.Add(new MemberPresence(id, member.Told = member.Connections));
            }

            var hasChanges = came.Count > 0 || _left.Count > 0 || _total != _toldTotal;
            var changes = hasChanges ? new RoomPresence { Viewers = _total, Members = came, Left = [.. _left] } : null;
            string[] newcomers = [.. _newcomers];
            _changed.Clear();
            _left.Clear();
            _newcomers.Clear();
            _toldTotal = _total;
            return hasChanges || newcomers.Length > 0 ? new PresenceNotice(Read_NeedsLock(), changes, newcomers) : null;
        }
    }

    public RoomPresence Read()
    {
        lock (_lock)
            return Read_NeedsLock();
    }

    /// <summary>Returns the events that each present member has yet to be given.</summary>
    public IReadOnlyList<(string MemberId, long EventsBehind)> ReadProgress()
    {
        lock (_lock)
            return [.. _members.Select(entry => (entry.Key, entry.Value.EventsBehind))];
    }

    private RoomPresence Read_NeedsLock() => new()
    {
        Viewers = _total,
        Members = [.. _members.Where(entry => entry.Value.IsNamed).Select(entry => new MemberPresence(entry.Key, entry.Value.Connections))],
    };

    private void Leave(string memberId, PresentMember member)
    {
        lock (_lock)
        {
            // The member may have come back while the timer called.
            if (member.Leaving is null || _members.GetValueOrDefault(memberId) != member)
                return;

            Leave_NeedsLock(memberId, member);
        }

        changed(this);
    }

    private void Leave_NeedsLock(string memberId, PresentMember member)
    {
        member.Leaving?.Dispose();
        _members.Remove(memberId);
        _changed.Remove(memberId);
        follower.Left(roomId, memberId, member.LostAt ?? time.GetUtcNow());
        IsOver = _members.Count == 0;
        if (!member.IsNamed)
            return;

        _named--;
        if (member.Told > 0)
            _left.Add(memberId);

        // Another one takes its place among the named.
        if (_named < MaxNamedMembers && _members.Count > _named)
        {
            var (id, next) = _members.First(entry => !entry.Value.IsNamed);
            Name_NeedsLock(next);
            _changed.Add(id);
        }
    }

    private void Name_NeedsLock(PresentMember member)
    {
        member.IsNamed = _named < MaxNamedMembers;
        _named += member.IsNamed ? 1 : 0;
    }
}
