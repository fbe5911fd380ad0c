using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>reasoning</c>.</summary>
/// <param name="Content">The next piece of the model's reasoning. It is no part of the run's text.</param>
/// <param name="Agent">The agent who reasons; null unless the upstream names one.</param>
public readonly record struct ReasoningPayload(
    string Content,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Agent)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static ReasoningPayload Read(JsonElement data) => new(data.Text("content") ?? "", data.Text("agent"));
}
