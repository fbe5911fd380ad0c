using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>The runs of this process. Safe from any thread. Next: <see cref="RunStarter"/>.</summary>
internal sealed class RunDirectory(
    RunStarter starter, RunCancellation cancellation, ProposalDesk desk, LaneDesk lanes, RunRemoval removal, GroupStarter groups,
    GroupDesk votes) : IRunDirectory
{
    public Task<Run> StartAsync(RoomCaller caller, StartRunRequest? startRun, CancellationToken cancellationToken) =>
        starter.StartAsync(caller, startRun, cancellationToken);

    public Task<Run> StartAsync(RoomCaller caller, AgentStart start, CancellationToken cancellationToken) =>
        starter.StartAsync(caller, start, cancellationToken);

    public Task<Run> StartAsync(
        RoomCaller caller, RunRequest request, string? idempotencyKey, RunRelay? relay, CancellationToken cancellationToken) =>
        starter.StartAsync(caller, request, idempotencyKey, relay, cancellationToken);

    public Task<RunGroup> StartGroupAsync(RoomCaller caller, StartGroupRequest? startGroup, CancellationToken cancellationToken) =>
        groups.StartAsync(caller, startGroup, cancellationToken);

    public Task VoteAsync(RoomCaller caller, string? groupId, string? runId, CancellationToken cancellationToken) =>
        votes.VoteAsync(caller, groupId, runId, cancellationToken);

    public Task TakeBackVoteAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken) =>
        votes.TakeBackAsync(caller, groupId, cancellationToken);

    public Task<OwnVote> FindVoteAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken) =>
        votes.FindVoteAsync(caller, groupId, cancellationToken);

    public Task<RunGroup> RevealGroupAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken) =>
        votes.RevealAsync(caller, groupId, cancellationToken);

    public Task<Run> CancelAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken) =>
        cancellation.CancelAsync(caller, runId, cancellationToken);

    public Task<Run> ApproveAsync(RoomCaller caller, string runId, string? task, CancellationToken cancellationToken) =>
        desk.ApproveAsync(caller, runId, task, cancellationToken);

    public Task<Run> DeclineAsync(RoomCaller caller, string runId, string? reason, CancellationToken cancellationToken) =>
        desk.DeclineAsync(caller, runId, reason, cancellationToken);

    public Task PlaceAsync(RoomCaller caller, string runId, string? before, CancellationToken cancellationToken) =>
        desk.PlaceAsync(caller, runId, before, cancellationToken);

    public Task SupportAsync(RoomCaller caller, string runId, bool isSupported, CancellationToken cancellationToken) =>
        desk.SupportAsync(caller, runId, isSupported, cancellationToken);

    public Task MaskAsync(RoomCaller caller, string runId, int start, int end, CancellationToken cancellationToken) =>
        lanes.MaskAsync(caller, runId, start, end, cancellationToken);

    public Task ReleaseAsync(RoomCaller caller, string runId, int? to, CancellationToken cancellationToken) =>
        lanes.ReleaseAsync(caller, runId, to, cancellationToken);

    public Task CancelAllAsync(string roomId, CancellationToken cancellationToken) =>
        cancellation.CancelAllAsync(roomId, cancellationToken);

    public Task HideAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken) =>
        removal.HideAsync(caller, runId, cancellationToken);

    public Task ShowAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken) =>
        removal.ShowAsync(caller, runId, cancellationToken);

    public Task RemoveAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken) =>
        removal.RemoveAsync(caller, runId, cancellationToken);
}
