using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>A member's view: every event, with costs or without. Null stands for the hub itself, which sees everything.</summary>
internal sealed class MemberView(RoomLog log, string? memberId) : ViewerView
{
    public override bool ShowsEveryEvent => true;

    public override Audience FindAudience() => log.AudienceOf(memberId);

    public override ValueTask<bool> MayResumeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public override ValueTask<SnapshotFrame> ToSnapshotAsync(string reason, CancellationToken cancellationToken) =>
        ValueTask.FromResult(log.ToSnapshot(reason, memberId));

    public override IReadOnlyList<CommittedBatch> Show(IReadOnlyList<CommittedBatch> batches, Audience audience) =>
        audience == Audience.WithCosts ? batches : [.. batches.Select(batch => batch.For(audience))];
}
