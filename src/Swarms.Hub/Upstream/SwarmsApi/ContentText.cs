using System.Text.Json;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// Reads a field that an upstream calls content or output. A string stays as it is; a structure, such as tool calls or a swarm's whole
/// output, becomes compact JSON. Returns null if there is no text.
/// </summary>
internal static class ContentText
{
    public static string? Of(JsonElement? content) => content switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } words ? words : null,
        { } other => other.ToCompactText(),
    };
}
