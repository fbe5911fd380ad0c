namespace Swarms.Hub.Runs;

/// <summary>The port to the rooms' agents, which turns an agent and a task into the upstream's request. Safe from any thread.</summary>
internal interface IAgentRequests
{
    /// <summary>
    /// Composes the request. Fails with <c>not_found</c> if the room has no such agent, with <c>invalid</c> if the task is missing, and
    /// with <c>conflict</c> if the agent's secrets cannot be read any more.
    /// </summary>
    Task<RunRequest> ComposeAsync(string roomId, AgentStart start, CancellationToken cancellationToken);
}
