using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>reaction</c> and <c>reaction.removed</c>.</summary>
/// <param name="Emoji">The reaction.</param>
/// <param name="Target">The sequence of the event reacted to; of a passage, its first chunk.</param>
/// <param name="Passage">The passage reacted to; null if it is the event as a whole.</param>
public sealed record ReactionPayload(
    string Emoji,
    long Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Passage? Passage = null)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty, 0 or null.</summary>
    public static ReactionPayload Read(JsonElement data) =>
        new(data.Text("emoji") ?? "", data.Number("target") ?? 0, Passage.Read(data, "passage"));
}
