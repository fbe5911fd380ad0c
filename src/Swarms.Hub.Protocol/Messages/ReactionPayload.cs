using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>reaction</c>.</summary>
/// <param name="Emoji">The reaction.</param>
/// <param name="Target">The sequence of the event reacted to.</param>
public sealed record ReactionPayload(string Emoji, long Target)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty, or 0.</summary>
    public static ReactionPayload Read(JsonElement data) => new(data.Text("emoji") ?? "", data.Number("target") ?? 0);
}
