using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.removed</c>: all that sums and bounds still need of the run.</summary>
/// <param name="Run">The run's id. The event belongs to the room, not to the run.</param>
/// <param name="Kind">One of <see cref="RunKinds"/>.</param>
/// <param name="TextLength">The length of its text in UTF-16 units.</param>
/// <param name="Usage">Its figures; null if the upstream stated none.</param>
public sealed record RunRemovedPayload(
    string Run,
    string Kind,
    int TextLength,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Usage? Usage = null)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty, 0 or null.</summary>
    public static RunRemovedPayload Read(JsonElement data)
    {
        var usage = data.Object("usage");
        return new RunRemovedPayload(
            data.Text("run") ?? "",
            data.Text("kind") ?? RunKinds.Agent,
            (int)(data.Number("textLength") ?? 0),
            usage.ValueKind == JsonValueKind.Object ? Protocol.Usage.Read(usage) : null);
    }
}
