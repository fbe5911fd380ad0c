using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>masked</c>: a passage of the run's text is missing here.</summary>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="Agent">The agent who wrote it; null unless the upstream names one.</param>
public readonly record struct MaskedPayload(
    int Length,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Agent)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static MaskedPayload Read(JsonElement data) => new((int)(data.Number("length") ?? 0), data.Text("agent"));
}
