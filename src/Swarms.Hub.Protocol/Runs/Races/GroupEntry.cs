using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>One run of a group to start. It has either <see cref="Agent"/> or <see cref="Request"/>.</summary>
public sealed record GroupEntry
{
    /// <summary>The id of an agent of the room.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Agent { get; init; }

    /// <summary>The body of the Swarms API's own call without a task: the group's takes its place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Request { get; init; }

    /// <summary>One of <see cref="RunKinds"/>.</summary>
    [OneOf(typeof(RunKinds))]
    public string Kind { get; init; } = RunKinds.Agent;
}
