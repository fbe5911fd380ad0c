
namespace Swarms.Hub.RoomLogs;

/// <summary>The newest snapshot frame of a room, so that viewers who join at one head share one encoding. Safe from any thread.</summary>
internal sealed class SnapshotCache
{
    private SnapshotFrame? _newest;

    public SnapshotFrame? Find(int generation, long sequence, string reason) =>
        Volatile.Read(ref _newest) is { } newest && (newest.Generation, newest.Sequence, newest.Reason) == (generation, sequence, reason) ? newest : null;

    public void Add(SnapshotFrame frame) => Volatile.Write(ref _newest, frame);
}
