using Swarms.Hub.Diagnostics;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>A hub whose disk takes no writes serves what it has, but should be given no more to do.</summary>
internal sealed class StorageReadiness(ICommitQueue queue) : IReadiness
{
    public string? FindObstacle() => queue.FailingSince is null ? null : "The storage does not take writes.";
}
