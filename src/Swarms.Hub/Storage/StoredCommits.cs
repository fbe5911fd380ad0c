using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage;

/// <summary>What one transaction did.</summary>
/// <param name="Events">How many events it stored.</param>
/// <param name="Batches">What each room publishes, in this order.</param>
/// <param name="Accepted">Commits that are durable now, with their last sequence.</param>
/// <param name="Refused">Commits that left no trace, with the reason.</param>
internal sealed record StoredCommits(
    int Events,
    IReadOnlyList<(RoomLog Room, CommittedBatch Batch, IReadOnlyList<PendingEvent> Events)> Batches,
    IReadOnlyList<(PendingCommit Commit, long LastSequence)> Accepted,
    IReadOnlyList<(PendingCommit Commit, Exception Refusal)> Refused);
