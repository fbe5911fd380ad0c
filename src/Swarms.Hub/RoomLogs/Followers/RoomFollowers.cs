using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>The followers of this process's rooms. Safe from any thread.</summary>
internal sealed class RoomFollowers
{
    private IRoomFollower[] _all = [];

    public void Add(IRoomFollower follower)
    {
        IRoomFollower[] before;
        do
            before = Volatile.Read(ref _all);
        while (Interlocked.CompareExchange(ref _all, [.. before, follower], before) != before);
    }

    public void Loaded(RoomLog log)
    {
        foreach (var follower in Volatile.Read(ref _all))
            follower.Loaded(log);
    }

    public void Published(RoomLog log, RoomEvent roomEvent)
    {
        foreach (var follower in Volatile.Read(ref _all))
            follower.Published(log, roomEvent);
    }

    public void Deleted(RoomLog log)
    {
        foreach (var follower in Volatile.Read(ref _all))
            follower.Deleted(log);
    }

    public async Task ReloadedAsync(RoomReload reload, CancellationToken cancellationToken)
    {
        foreach (var follower in Volatile.Read(ref _all))
            await follower.ReloadedAsync(reload, cancellationToken);
    }
}
