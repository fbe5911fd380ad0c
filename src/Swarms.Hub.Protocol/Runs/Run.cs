using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>One agent or swarm execution, as it stands at some cursor. What does not apply is null, and left out on the wire.</summary>
public sealed record Run
{
    /// <summary>Opaque, URL-safe, sorts by creation.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="RunKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The agent, or the swarm, as the request names it.</summary>
    public required RunAgent Agent { get; init; }

    /// <summary>What was asked; cut at <see cref="MaxTaskLength"/> UTF-16 units.</summary>
    public required string Task { get; init; }

    /// <summary>The task's whole length in UTF-16 units, where it was cut.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TaskLength { get; init; }

    /// <summary>The id of the member who started it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>One of <see cref="RunStates"/>, or the type of its ending.</summary>
    public required string State { get; init; }

    /// <summary>While queued: its place in the room's queue; 0 where it starts at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Position { get; init; }

    /// <summary>In UTC with milliseconds.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>In UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>In UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The upstream's own id of the job.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobId { get; init; }

    /// <summary>The text so far. Null where it was left out: fetch the run to have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The text by agent, where chunks name agents.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunPart>? Parts { get; init; }

    /// <summary>The newest figures of the upstream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Usage? Usage { get; init; }

    /// <summary>Once done: the length of the text in UTF-8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }

    /// <summary>Once done: the SHA-256 of the text in UTF-8, hex in lower case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Once failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunError? Error { get; init; }

    /// <summary>Once cancelled or interrupted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>A longer task is cut in the log: a prompt may be a book, and every late joiner would download it.</summary>
    public const int MaxTaskLength = 16_384;
}
