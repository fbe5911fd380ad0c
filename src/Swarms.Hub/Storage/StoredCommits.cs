using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>What one transaction did.</summary>
/// <param name="Rooms">What each room publishes, and the commits that are durable now.</param>
/// <param name="Refused">Commits that left no trace, with the reason.</param>
/// <param name="Withdrawn">Commits that nobody waited for any more, and that left no trace.</param>
/// <param name="Diverged">Rooms that are stored otherwise than they are in memory.</param>
internal sealed record StoredCommits(
    IReadOnlyList<RoomWrite> Rooms,
    IReadOnlyList<(PendingCommit Commit, Exception Refusal)> Refused,
    IReadOnlyList<PendingCommit> Withdrawn,
    IReadOnlyList<RoomLog> Diverged)
{
    /// <summary>How many events it stored.</summary>
    public int Events => Rooms.Sum(room => room.Events.Count);
}
