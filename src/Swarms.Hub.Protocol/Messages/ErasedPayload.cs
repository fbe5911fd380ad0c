using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The data of an event whose own data was erased. What stays tells nothing of the text, and lets everybody fold the same state.
/// </summary>
/// <param name="Erased">
/// The sequence of the event that erased it: <c>message.edited</c>, <c>message.removed</c>, <c>run.removed</c> or <c>group.revealed</c>.
/// </param>
/// <param name="Target">Of a <c>message.edited</c>: the sequence of its message.</param>
/// <param name="Length">Of a message or an edit: the length of its text in UTF-16 units.</param>
/// <param name="ReplyTo">Of a message that was edited: the sequence of the message that it answers.</param>
/// <param name="Quote">Of a message that was edited: the passage that it quotes.</param>
public sealed record ErasedPayload(
    long Erased,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Target = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Length = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ReplyTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Passage? Quote = null)
{
    /// <summary>Reads the data of an event; null if it was not erased.</summary>
    public static ErasedPayload? Read(JsonElement data) => data.Number("erased") is { } erased
        ? new ErasedPayload(erased, data.Number("target"), (int?)data.Number("length"), data.Number("replyTo"), Passage.Read(data, "quote"))
        : null;
}
