using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>message</c>.</summary>
/// <param name="Text">The text.</param>
/// <param name="ReplyTo">The sequence of the message that it answers; null if it answers none.</param>
/// <param name="Quote">The passage that it quotes; null if it quotes none.</param>
public sealed record MessagePayload(
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ReplyTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Passage? Quote = null)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty, or null.</summary>
    public static MessagePayload Read(JsonElement data) =>
        new(data.Text("text") ?? "", data.Number("replyTo"), Passage.Read(data, "quote"));
}
