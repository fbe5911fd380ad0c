using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A run, a message, an agent or a member that was found.</summary>
public sealed record SearchResult
{
    /// <summary>One of <see cref="SearchKinds"/>.</summary>
    [OneOf(typeof(SearchKinds))]
    public required string Kind { get; init; }

    /// <summary>The id of the run, the agent or the member; of a message, its sequence.</summary>
    public required string Id { get; init; }

    /// <summary>The sequence of its first event. Pages go by it.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time of that event, in UTC with milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the member who said or started it; null for agents and members.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>The name of an agent or a member, or the beginning of a task or a message: at most 200 UTF-16 units.</summary>
    public required string Title { get; init; }

    /// <summary>The agent of a run; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunAgent? Agent { get; init; }

    /// <summary>The state of a run; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OneOf(
        typeof(RunStates), EventTypes.Done, EventTypes.Error, EventTypes.Cancelled, EventTypes.Declined, EventTypes.Interrupted)]
    public string? State { get; init; }

    /// <summary>One of <see cref="SearchFields"/>: where the words were found.</summary>
    [OneOf(typeof(SearchFields))]
    public required string Field { get; init; }

    /// <summary>
    /// The text around the first match, in pieces. White space is one space each, and an ellipsis stands for what was cut.
    /// </summary>
    public required IReadOnlyList<SnippetPiece> Snippet { get; init; }

    /// <summary>The rank: more for names and tasks than for texts, for whole words, and for words that occur often.</summary>
    public required double Rank { get; init; }
}
