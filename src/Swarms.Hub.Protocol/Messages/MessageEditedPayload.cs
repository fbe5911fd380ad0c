using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>message.edited</c>.</summary>
/// <param name="Target">The sequence of the message.</param>
/// <param name="Text">Its text from now on.</param>
public sealed record MessageEditedPayload(long Target, string Text)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty, or 0.</summary>
    public static MessageEditedPayload Read(JsonElement data) => new(data.Number("target") ?? 0, data.Text("text") ?? "");
}
