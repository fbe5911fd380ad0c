namespace Swarms.Hub.RoomLogs;

/// <summary>The newest snapshot frame of a room, shared by viewers that join at the same head. Safe from any thread.</summary>
internal sealed class SnapshotCache
{
    private SnapshotFrame? _newest;

    public SnapshotFrame? Find(int generation, long sequence, string reason) =>
        Volatile.Read(ref _newest) is { } newest && (newest.Generation, newest.Sequence, newest.Reason) == (generation, sequence, reason)
            ? newest
            : null;

    public void Add(SnapshotFrame frame) => Volatile.Write(ref _newest, frame);
}
