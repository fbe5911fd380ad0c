using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>Several runs of one prompt, started at one time, and the votes for them.</summary>
public sealed record RunGroup
{
    /// <summary>An opaque, URL-safe id that sorts by creation.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the member who started it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>The time of <c>group.started</c>, in UTC with milliseconds.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True if agents, models, usage and errors of its runs are hidden until a host reveals them.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The ids of its runs in order of their numbers.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The votes until the group is revealed, in order of each run's first vote.</summary>
    public required IReadOnlyList<GroupVotes> Votes { get; init; }

    /// <summary>Once revealed: the votes of each run that is left, most first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GroupResult>? Results { get; init; }

    /// <summary>Once revealed: the id of the host who revealed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RevealedBy { get; init; }

    /// <summary>Once revealed: the time of that, in UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RevealedAt { get; init; }

    /// <summary>The most runs of one group.</summary>
    public const int MaxRuns = 6;

    /// <summary>The most members who can vote in one group.</summary>
    public const int MaxVoters = 500;
}
