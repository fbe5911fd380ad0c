using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>The outcome of one transaction.</summary>
/// <param name="Rooms">Each room's new events to publish, and its commits that are durable now.</param>
/// <param name="Refused">Commits that left no trace, with the reason.</param>
/// <param name="Withdrawn">Commits for which nobody waited any more, and which left no trace.</param>
/// <param name="Diverged">Rooms whose stored state differs from the one in memory.</param>
internal sealed record StoredCommits(
    IReadOnlyList<RoomWrite> Rooms,
    IReadOnlyList<(PendingCommit Commit, Exception Refusal)> Refused,
    IReadOnlyList<PendingCommit> Withdrawn,
    IReadOnlyList<RoomLog> Diverged)
{
    /// <summary>The number of stored events.</summary>
    public int Events => Rooms.Sum(room => room.Events.Count);
}
