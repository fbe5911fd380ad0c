using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>The part of a room's log that one viewer sees. Used by the viewer's loop alone. Next: <see cref="ViewerPump"/>.</summary>
internal abstract class ViewerView
{
    /// <summary>False if the viewer is not shown the head's event whenever there is one.</summary>
    public abstract bool ShowsEveryEvent { get; }

    /// <summary>Returns the viewer's audience at this moment.</summary>
    public abstract Audience FindAudience();

    /// <summary>Returns false if only a snapshot shows the viewer what it may see now.</summary>
    public abstract ValueTask<bool> MayResumeAsync(CancellationToken cancellationToken);

    /// <summary>Returns the state at the head, or at a place shortly before it.</summary>
    public abstract ValueTask<SnapshotFrame> ToSnapshotAsync(string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the batches as the viewer sees them, which may be none; null if one of their events changes what was shown before, so that
    /// the viewer must have a snapshot.
    /// </summary>
    public abstract IReadOnlyList<CommittedBatch>? Show(IReadOnlyList<CommittedBatch> batches, Audience audience);
}
