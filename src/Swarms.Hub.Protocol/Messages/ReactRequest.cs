using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that reacts to an event or to a passage of a run, or takes that back.</summary>
public sealed record ReactRequest
{
    /// <summary>The event's sequence. With a passage it may be left out.</summary>
    public long Target { get; init; }

    /// <summary>The emoji: 1 to 64 UTF-16 units.</summary>
    public string? Emoji { get; init; }

    /// <summary>The passage; left out for the event as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Passage? Passage { get; init; }

    /// <summary>
    /// The cursor of a frame that holds the event, or of a later frame. In another history the sequence names another event, so a cursor
    /// of one is refused with <c>conflict</c>. Not compared if left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cursor { get; init; }
}
