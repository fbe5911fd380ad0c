using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A reaction on its way to an event.</summary>
public sealed record ReactRequest
{
    /// <summary>The event's sequence.</summary>
    public long Target { get; init; }

    /// <summary>1 to 64 UTF-16 units.</summary>
    public string? Emoji { get; init; }

    /// <summary>
    /// The cursor of a frame that holds the event, or of any later one. In another history the sequence is another event's: then the
    /// reaction is refused with <c>conflict</c>. Not compared if left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cursor { get; init; }
}
