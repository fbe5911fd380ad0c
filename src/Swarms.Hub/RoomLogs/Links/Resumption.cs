namespace Swarms.Hub.RoomLogs;

/// <summary>The decision whether a viewer can resume from its cursor.</summary>
/// <param name="SnapshotReason">The reason for a snapshot: one of <see cref="Protocol.SnapshotReasons"/>; null if it resumes.</param>
/// <param name="Generation">The log's generation in which it resumes.</param>
/// <param name="Head">The head at that moment, never before the cursor.</param>
internal readonly record struct Resumption(string? SnapshotReason, int Generation, long Head)
{
    public static Resumption Refused(string snapshotReason) => new(snapshotReason, 0, 0);
}
