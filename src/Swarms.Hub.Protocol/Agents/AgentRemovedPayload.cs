using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>agent.removed</c>.</summary>
/// <param name="Agent">The agent that is gone.</param>
public sealed record AgentRemovedPayload(AgentRemovedPayload.Reference Agent)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static AgentRemovedPayload Read(JsonElement data) => Of(data.Object("agent").Text("id") ?? "");

    /// <summary>Creates the payload for the agent.</summary>
    public static AgentRemovedPayload Of(string agentId) => new(new Reference(agentId));

    /// <summary>An agent by its id alone.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Reference(string Id);
}
