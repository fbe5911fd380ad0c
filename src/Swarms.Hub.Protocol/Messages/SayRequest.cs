using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that says something in a room.</summary>
public sealed record SayRequest
{
    /// <summary>The text: 1 to 16,384 UTF-16 units.</summary>
    public string? Text { get; init; }

    /// <summary>The sequence of the message that it answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>The passage of a run that it quotes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Passage? Quote { get; init; }

    /// <summary>
    /// The cursor of a frame that holds what it refers to, or of a later frame; a cursor of another history is refused with
    /// <c>conflict</c>. Not compared if left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cursor { get; init; }
}
