using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The only way to runs for doors and features: start, cancel, hide and remove them. A run may live on another node. Safe from any thread.
/// Next: <see cref="RunDirectory"/>.
/// </summary>
internal interface IRunDirectory
{
    /// <summary>Starts a run, or returns the one that the idempotency key started. Completes when the run is in the room's log.</summary>
    Task<Run> StartAsync(RoomCaller caller, StartRunRequest? startRun, CancellationToken cancellationToken);

    /// <summary>Starts a run for a caller that also wants the upstream's own frames. The run disposes the relay when it ends.</summary>
    Task<Run> StartAsync(
        RoomCaller caller, RunRequest request, string? idempotencyKey, RunRelay? relay, CancellationToken cancellationToken);

    /// <summary>Cancels the run and returns it once its ending is committed. Returns a run that has ended before as it is.</summary>
    Task<Run> CancelAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);

    /// <summary>Cancels every run of a room that will be deleted, and waits for the endings.</summary>
    Task CancelAllAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Hides an ended run: clients do not show its task and text. The caller must be a host.</summary>
    Task HideAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);

    /// <summary>Shows a hidden run again. The caller must be a host.</summary>
    Task ShowAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);

    /// <summary>Removes an ended run: its task, its text and all data of its events are erased. The caller must be a host.</summary>
    Task RemoveAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);
}
