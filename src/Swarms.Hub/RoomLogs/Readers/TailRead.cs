namespace Swarms.Hub.RoomLogs;

/// <summary>The result of reading the tail after a viewer's position.</summary>
/// <param name="Generation">The log's generation. If it has changed, the position belongs to a replaced history.</param>
/// <param name="Head">The room's last committed sequence.</param>
/// <param name="Batches">The batches after the position, in order; empty if the tail does not reach back to it.</param>
/// <param name="IsBehind">True if the position is further back than the tail.</param>
/// <param name="AudienceVersion">The <see cref="RoomLog.AudienceVersion"/> at the head.</param>
internal readonly record struct TailRead(
    int Generation, long Head, IReadOnlyList<CommittedBatch> Batches, bool IsBehind, int AudienceVersion);
