using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The request that starts a run. It has either <see cref="Request"/>, or <see cref="Agent"/> and <see cref="Task"/>. A run that continues
/// another one has its agent where none is given, and one that supersedes another has its task too.
/// </summary>
public sealed record StartRunRequest
{
    /// <summary>The body of the Swarms API's own call, in its own snake_case names; unknown fields pass through.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Request { get; init; }

    /// <summary>The id of an agent of the room.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Agent { get; init; }

    /// <summary>The task of that agent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }

    /// <summary>One of <see cref="RunKinds"/>.</summary>
    [OneOf(typeof(RunKinds))]
    public string Kind { get; init; } = RunKinds.Agent;

    /// <summary>Starting twice with one key and the same request starts one run. 1 to 200 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// The id of the run that it continues: the upstream gets that run's task and text, and those before it, as its history.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Continues { get; init; }

    /// <summary>The id of the run in whose place it stands: it continues the same run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Supersedes { get; init; }

    /// <summary>The messages of the room that go along; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageInclusion? Include { get; init; }
}
