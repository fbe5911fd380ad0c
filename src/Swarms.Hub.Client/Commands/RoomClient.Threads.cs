using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>
    /// Continues a run that has ended: the upstream gets its task and text, and those of the runs before it, as history. A run that failed,
    /// was cancelled or was interrupted is continued with the text that it has.
    /// </summary>
    /// <param name="runId">The run to continue.</param>
    /// <param name="task">The next task.</param>
    /// <param name="agentId">An agent of the room; the run's own if left out.</param>
    /// <param name="include">Messages of the room that go along; none if left out.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have started.</param>
    public Task<Run> ContinueRunAsync(
        string runId, string task, string? agentId = null, MessageInclusion? include = null,
        CancellationToken cancellationToken = default) =>
        StartRunAsync(
            new StartRunRequest { Continues = runId, Task = task, Agent = agentId, Include = include }, cancellationToken);

    /// <summary>Starts a run that stands in the place of one that has ended. It continues the same run.</summary>
    /// <param name="runId">The run to supersede.</param>
    /// <param name="task">Another task; the run's own if left out.</param>
    /// <param name="agentId">An agent of the room; the run's own if left out.</param>
    /// <param name="include">Messages of the room that go along; none if left out.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have started.</param>
    public Task<Run> RetryRunAsync(
        string runId, string? task = null, string? agentId = null, MessageInclusion? include = null,
        CancellationToken cancellationToken = default) =>
        StartRunAsync(
            new StartRunRequest { Supersedes = runId, Task = task, Agent = agentId, Include = include }, cancellationToken);
}
