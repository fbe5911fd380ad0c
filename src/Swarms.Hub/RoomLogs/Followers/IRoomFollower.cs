using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>Follows the events in the rooms of this process. See <see cref="IRoomDirectory.Follow"/>.</summary>
internal interface IRoomFollower
{
    /// <summary>The room was read into memory. Called before anybody has it, so it must be quick and must not throw.</summary>
    void Loaded(RoomLog log)
    {
    }

    /// <summary>
    /// An event outside runs became visible. Called by the writer's loop in the room's order, so it must be quick and must not throw.
    /// </summary>
    void Published(RoomLog log, RoomEvent roomEvent)
    {
    }

    /// <summary>The room's deletion is stored. Called by the writer's loop, so it must be quick and must not throw.</summary>
    void Deleted(RoomLog log)
    {
    }

    /// <summary>A room was reloaded. The next room is reloaded after this completes. It must not throw.</summary>
    Task ReloadedAsync(RoomReload reload, CancellationToken cancellationToken) => Task.CompletedTask;
}
