namespace Swarms.Hub.RoomLogs;

/// <summary>Whether a viewer can go on from its cursor.</summary>
/// <param name="SnapshotReason">Why it needs a snapshot: one of <see cref="Protocol.SnapshotReasons"/>; null where it resumes.</param>
/// <param name="Generation">The log's generation that it resumes in.</param>
/// <param name="Head">The head at that moment, never before the cursor.</param>
internal readonly record struct Resumption(string? SnapshotReason, int Generation, long Head)
{
    public static Resumption Refused(string snapshotReason) => new(snapshotReason, 0, 0);
}
