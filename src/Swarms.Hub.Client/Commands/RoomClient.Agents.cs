using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>
    /// Adds an agent to the room, or replaces all of it but its secrets: those that the request does not name stay. The room's state has
    /// the agents. Hosts.
    /// </summary>
    /// <param name="agentId">1 to 40 of <c>a</c> to <c>z</c>, <c>0</c> to <c>9</c> and <c>-</c>.</param>
    /// <param name="request">The agent from now on.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RoomAgent> SetAgentAsync(string agentId, SetAgentRequest request, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<RoomAgent>(HttpMethod.Put, $"/agents/{Escape(agentId)}", request, isRepeatable: false, cancellationToken);

    /// <summary>Removes an agent with its secrets. Runs that it was started for go on. Hosts.</summary>
    public Task RemoveAgentAsync(string agentId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/agents/{Escape(agentId)}", null, isRepeatable: false, cancellationToken);

    /// <summary>
    /// Starts a run of an agent of the room and returns it as it is accepted. Repeats the call by itself where it may not have arrived, as
    /// <see cref="StartRunAsync(StartRunRequest, CancellationToken)"/> does.
    /// </summary>
    /// <param name="agentId">The agent's id.</param>
    /// <param name="task">The task.</param>
    /// <param name="idempotencyKey">Starting twice with one key, agent and task starts one run; made up if left out.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have started.</param>
    public Task<Run> StartAgentAsync(
        string agentId, string task, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        StartRunAsync(new StartRunRequest { Agent = agentId, Task = task, IdempotencyKey = idempotencyKey }, cancellationToken);
}
