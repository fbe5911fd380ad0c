using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>done</c>.</summary>
/// <param name="Bytes">The length of the run's whole text in UTF-8 bytes.</param>
/// <param name="Sha256">The text's SHA-256, in lower-case hex.</param>
public sealed record DonePayload(long? Bytes, string? Sha256)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is null.</summary>
    public static DonePayload Read(JsonElement data) => new(data.Number("bytes"), data.Text("sha256"));
}
