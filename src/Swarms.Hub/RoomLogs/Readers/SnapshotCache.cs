namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The newest snapshot frame of a room for each audience, shared by viewers that join at the same head. Safe from any thread.
/// </summary>
internal sealed class SnapshotCache
{
    private readonly SnapshotFrame?[] _newest = new SnapshotFrame?[2];

    public SnapshotFrame? Find(int generation, long sequence, string reason, Audience audience) =>
        Volatile.Read(ref _newest[(int)audience]) is { } newest
        && (newest.Generation, newest.Sequence, newest.Reason) == (generation, sequence, reason)
            ? newest
            : null;

    public void Add(SnapshotFrame frame) => Volatile.Write(ref _newest[(int)frame.Audience], frame);
}
