using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>metadata</c>.</summary>
/// <param name="JobId">The upstream's id of the job.</param>
/// <param name="Name">The upstream's name of the agent or swarm.</param>
public sealed record MetadataPayload(string? JobId, string? Name)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is null.</summary>
    public static MetadataPayload Read(JsonElement data) => new(data.Text("jobId"), data.Text("name"));
}
