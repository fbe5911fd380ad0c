using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Tells the runs whose text is held when a host of their room may have come or gone. Safe from any thread.</summary>
internal sealed class LaneHosts(IRoomDirectory rooms, RunRegistry registry, RoomWatchers watchers) : IStartStep, IRoomFollower
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        watchers.Changed = Tell;
        rooms.Follow(this);
        return Task.CompletedTask;
    }

    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        if (roomEvent.Type is EventTypes.MemberChanged or EventTypes.MemberLeft)
            Tell(log.Id);
    }

    private void Tell(string roomId)
    {
        foreach (var run in registry.All(roomId))
            run.Held?.HostsChanged();
    }
}
