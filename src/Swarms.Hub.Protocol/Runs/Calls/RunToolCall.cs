using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A tool that a model wants called; the data of <c>tool_call</c>. The hub never calls one.</summary>
/// <param name="Id">The call's id; null if the upstream gives none.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">
/// The arguments as the model wrote them, JSON unless the model failed at it; in a run's state cut at <see cref="MaxArgumentsLength"/>.
/// </param>
/// <param name="Agent">The agent who calls it; null unless the upstream names one.</param>
public sealed record RunToolCall(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    string Name,
    string Arguments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Agent)
{
    /// <summary>The length at which a run's state cuts arguments, in UTF-16 units.</summary>
    public const int MaxArgumentsLength = 4_000;

    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RunToolCall Read(JsonElement data) =>
        new(data.Text("id"), data.Text("name") ?? "", data.Text("arguments") ?? "", data.Text("agent"));
}
