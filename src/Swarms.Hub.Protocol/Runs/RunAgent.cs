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
}
