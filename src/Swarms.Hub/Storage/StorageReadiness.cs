using Swarms.Hub.Diagnostics;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>Reports a hub whose disk takes no writes: it still serves what it has, but should get no more work.</summary>
internal sealed class StorageReadiness(ICommitQueue queue) : IReadiness
{
    public string? FindObstacle() => queue.FailingSince is null ? null : "The storage does not take writes.";
}
