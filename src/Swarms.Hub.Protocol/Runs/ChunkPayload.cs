using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>chunk</c>.</summary>
/// <param name="Content">The next piece of the run's text.</param>
/// <param name="Agent">The agent who wrote it; null unless the upstream names one.</param>
public readonly record struct ChunkPayload(
    string Content,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Agent)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static ChunkPayload Read(JsonElement data) => new(data.Text("content") ?? "", data.Text("agent"));
}
