using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The only way to runs for doors and features: start, cancel, hide and remove them, decide about proposals, and hold votes. A run may
/// live on another node. Safe from any thread. Next: <see cref="RunDirectory"/>.
/// </summary>
internal interface IRunDirectory
{
    /// <summary>Starts a run, or returns the one that the idempotency key started. Completes when the run is in the room's log.</summary>
    Task<Run> StartAsync(RoomCaller caller, StartRunRequest? startRun, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a run of a room's agent, or returns the one that the idempotency key started. The run goes on as it was admitted, also where
    /// the agent is changed or removed meanwhile.
    /// </summary>
    Task<Run> StartAsync(RoomCaller caller, AgentStart start, CancellationToken cancellationToken);

    /// <summary>Starts a run for a caller that also wants the upstream's own frames. The run disposes the relay when it ends.</summary>
    Task<Run> StartAsync(
        RoomCaller caller, RunRequest request, string? idempotencyKey, RunRelay? relay, CancellationToken cancellationToken);

    /// <summary>Starts the runs of a group, or returns the group that the idempotency key started.</summary>
    Task<RunGroup> StartGroupAsync(RoomCaller caller, StartGroupRequest? startGroup, CancellationToken cancellationToken);

    /// <summary>Gives the caller's vote to a run of the group; null stands for the group that the run is in.</summary>
    Task VoteAsync(RoomCaller caller, string? groupId, string? runId, CancellationToken cancellationToken);

    /// <summary>Takes the caller's vote back.</summary>
    Task TakeBackVoteAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken);

    /// <summary>Returns the caller's own vote, also once the group was revealed.</summary>
    Task<OwnVote> FindVoteAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken);

    /// <summary>Ends the voting, and shows what a blind group hid. The caller must be a host.</summary>
    Task<RunGroup> RevealGroupAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken);

    /// <summary>Cancels the run and returns it once its ending is committed. Returns a run that has ended before as it is.</summary>
    Task<Run> CancelAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);

    /// <summary>Approves the proposal, with another task where one is given, and returns it as it is queued.</summary>
    Task<Run> ApproveAsync(RoomCaller caller, string runId, string? task, CancellationToken cancellationToken);

    /// <summary>Declines the proposal, and returns it once its ending is committed.</summary>
    Task<Run> DeclineAsync(RoomCaller caller, string runId, string? reason, CancellationToken cancellationToken);

    /// <summary>Puts the proposal before another one, or at the end.</summary>
    Task PlaceAsync(RoomCaller caller, string runId, string? before, CancellationToken cancellationToken);

    /// <summary>Adds or takes back the caller's support of the proposal. Appends nothing where that changes nothing.</summary>
    Task SupportAsync(RoomCaller caller, string runId, bool isSupported, CancellationToken cancellationToken);

    /// <summary>Masks a passage of the run's held text. The caller must be a host.</summary>
    Task MaskAsync(RoomCaller caller, string runId, int start, int end, CancellationToken cancellationToken);

    /// <summary>Releases the run's held text up to a place, or all of it. The caller must be a host.</summary>
    Task ReleaseAsync(RoomCaller caller, string runId, int? to, CancellationToken cancellationToken);

    /// <summary>Cancels every run of a room that will be deleted, and waits for the endings.</summary>
    Task CancelAllAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Hides an ended run: clients do not show its task and text. The caller must be a host.</summary>
    Task HideAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);

    /// <summary>Shows a hidden run again. The caller must be a host.</summary>
    Task ShowAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);

    /// <summary>Removes an ended run: its task, its text and all data of its events are erased. The caller must be a host.</summary>
    Task RemoveAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);
}
