namespace Swarms.Hub.RoomLogs;

/// <summary>Told before a room is deleted, to stop what it has going there. Returns when that has ended.</summary>
internal interface IRoomClosing
{
    Task RoomClosingAsync(RoomLog log, CancellationToken cancellationToken);
}
