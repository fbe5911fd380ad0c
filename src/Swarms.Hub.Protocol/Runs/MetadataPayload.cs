using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>metadata</c>.</summary>
/// <param name="JobId">The upstream's id of the job.</param>
/// <param name="Name">The upstream's name of the agent or swarm.</param>
public sealed record MetadataPayload(string? JobId, string? Name)
{
    /// <summary>
    /// The reason why the model stopped, where it was not done: <c>length</c>, <c>content_filter</c>, <c>tool_calls</c>, or another word
    /// of the upstream. Null unless one is stated.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FinishReason { get; init; }

    /// <summary>Reads the data of an event. A field that is missing or of another type is null.</summary>
    public static MetadataPayload Read(JsonElement data) =>
        new(data.Text("jobId"), data.Text("name")) { FinishReason = data.Text("finishReason") };
}
