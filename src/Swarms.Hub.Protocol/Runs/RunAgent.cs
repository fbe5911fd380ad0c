using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The agent or swarm that runs, as the request names it.</summary>
/// <param name="Name">The agent's or swarm's name; null if the request has none.</param>
/// <param name="Model">The model's name; null if the request has none.</param>
public sealed record RunAgent(string? Name, string? Model)
{
    /// <summary>The id of the room's agent; null if the run was started by a request of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Reads the object of an event. A field that is missing or of another type is null.</summary>
    public static RunAgent Read(JsonElement agent) => new(agent.Text("name"), agent.Text("model")) { Id = agent.Text("id") };
}
