using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that starts one prompt with several agents as one group.</summary>
public sealed record StartGroupRequest
{
    /// <summary>The prompt, which each run gets as its task.</summary>
    public required string Task { get; init; }

    /// <summary>Its runs: 2 to <see cref="RunGroup.MaxRuns"/>.</summary>
    public required IReadOnlyList<GroupEntry> Runs { get; init; }

    /// <summary>True to hide agents, models, usage and errors until a host reveals them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBlind { get; init; }

    /// <summary>The id of the run that all of them continue; null for a first turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Continues { get; init; }

    /// <summary>The messages that go along; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageInclusion? Include { get; init; }

    /// <summary>Starting twice with one key and the same request starts one group. 1 to 200 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdempotencyKey { get; init; }
}
