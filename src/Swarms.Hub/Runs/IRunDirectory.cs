using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>The only way to runs for doors and features: start and cancel them. A run may live on another node. Safe from any thread.</summary>
internal interface IRunDirectory
{
    /// <summary>Starts a run, or finds the one that the idempotency key has started. It is in the room's log when this completes.</summary>
    Task<Run> StartAsync(RoomCaller caller, StartRunRequest? startRun, CancellationToken cancellationToken);

    /// <summary>The same for a caller that wants the upstream's own frames too. The run disposes the relay when it ends.</summary>
    Task<Run> StartAsync(RoomCaller caller, RunRequest request, string? idempotencyKey, RunRelay? relay, CancellationToken cancellationToken);

    /// <summary>The run as it stands when its ending is committed. A run that has ended already is returned as it is.</summary>
    Task<Run> CancelAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken);

    /// <summary>Cancels every run of a room that is about to be deleted, and waits for the endings.</summary>
    Task CancelAllAsync(string roomId, CancellationToken cancellationToken);
}
