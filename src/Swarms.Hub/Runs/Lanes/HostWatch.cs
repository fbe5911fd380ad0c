using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Whether a host of a room watches it, or a lane of it, and since when none does. Safe from any thread.</summary>
internal sealed class HostWatch(RoomLog room, RoomWatchers watchers, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long? _absentSince;

    /// <summary>The timestamp since which no host is here; null while one is.</summary>
    public long? AbsentSince
    {
        get
        {
            lock (_lock)
                return _absentSince;
        }
    }

    /// <summary>Looks again. The lock keeps the order of two looks.</summary>
    public void Look()
    {
        lock (_lock)
        {
            var here = watchers.Of(room.Id);
            var isHere = room.Query(state => here.Any(id => state.FindMember(id)?.Role == MemberRoles.Host));
            _absentSince = isHere ? null : _absentSince ?? time.GetTimestamp();
        }
    }
}
