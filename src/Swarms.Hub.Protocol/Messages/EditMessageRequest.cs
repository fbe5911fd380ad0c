using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that edits a message.</summary>
public sealed record EditMessageRequest
{
    /// <summary>The text from now on: 1 to 16,384 UTF-16 units. The earlier one is erased.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The cursor of a frame that holds the message, or of a later frame; a cursor of another history is refused with <c>conflict</c>. Not
    /// compared if left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cursor { get; init; }
}
