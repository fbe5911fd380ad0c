using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The reason why a run failed.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">A sentence; the upstream's own if it gave one.</param>
public sealed record RunError([property: OneOf(typeof(ErrorCodes))] string Code, string Message)
{
    /// <summary>Reads the data of an <c>error</c> event. A field that is missing or of another type is empty.</summary>
    public static RunError Read(JsonElement data) => new(data.Text("code") ?? "", data.Text("message") ?? "");
}
