using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>message.removed</c>.</summary>
/// <param name="Target">The sequence of the message. The event's <c>by</c> names who removed it.</param>
public sealed record MessageRemovedPayload(long Target)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is 0.</summary>
    public static MessageRemovedPayload Read(JsonElement data) => new(data.Number("target") ?? 0);
}
