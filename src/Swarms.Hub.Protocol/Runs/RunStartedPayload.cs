using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.started</c>.</summary>
public sealed record RunStartedPayload
{
    /// <summary>The history that the upstream gets; null for a run without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunHistory? History { get; init; }

    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RunStartedPayload Read(JsonElement data) => new()
    {
        History = data.Object("history") is { ValueKind: JsonValueKind.Object } history ? RunHistory.Read(history) : null,
    };
}
