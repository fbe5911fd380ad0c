using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>cancelled</c> and <c>interrupted</c>.</summary>
/// <param name="Reason">One of <see cref="RunReasons"/>.</param>
public sealed record RunReasonPayload(string? Reason)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is null.</summary>
    public static RunReasonPayload Read(JsonElement data) => new(data.Text("reason"));
}
