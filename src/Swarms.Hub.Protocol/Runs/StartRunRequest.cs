using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The request that starts a run. It has either <see cref="Request"/>, or <see cref="Agent"/> and <see cref="Task"/>.
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
    public string Kind { get; init; } = RunKinds.Agent;

    /// <summary>Starting twice with one key and the same request starts one run. 1 to 200 characters.</summary>
    public string? IdempotencyKey { get; init; }
}
