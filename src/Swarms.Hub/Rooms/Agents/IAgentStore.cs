namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// The port to the stored secrets of agents. They are written by the commit of their agent's event (<see cref="AgentChange"/>). Reads have
/// the consistency and the errors of <see cref="RoomLogs.IRoomStore"/>. Safe from any thread.
/// </summary>
internal interface IAgentStore
{
    /// <summary>Returns the agent's secrets, encrypted, by their places; empty if the room has no such agent.</summary>
    Task<IReadOnlyDictionary<string, byte[]>> FindSecretsAsync(string roomId, string agentId, CancellationToken cancellationToken);
}
