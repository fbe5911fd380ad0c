using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>Told what happens in the rooms of this process. See <see cref="IRoomDirectory.Follow"/>.</summary>
internal interface IRoomFollower
{
    /// <summary>
    /// An event outside runs became visible. Called by the writer's loop, in the room's order: it must be quick and must not throw.
    /// </summary>
    void Published(RoomLog log, RoomEvent roomEvent)
    {
    }

    /// <summary>The room's deletion is stored. Called by the writer's loop: it must be quick and must not throw.</summary>
    void Deleted(RoomLog log)
    {
    }

    /// <summary>A room was loaded anew. The next room is not loaded before this completes. It must not throw.</summary>
    Task ReloadedAsync(RoomReload reload, CancellationToken cancellationToken) => Task.CompletedTask;
}
