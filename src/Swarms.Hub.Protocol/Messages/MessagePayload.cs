using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>message</c>.</summary>
/// <param name="Text">The text.</param>
public sealed record MessagePayload(string Text)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static MessagePayload Read(JsonElement data) => new(data.Text("text") ?? "");
}
