using System.Text.Json;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>The text of what an upstream calls content or output: a string as it is, anything built of parts (tool calls, a swarm's whole output) as compact JSON, null where there is none.</summary>
internal static class ContentText
{
    public static string? Of(JsonElement? content) => content switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } words ? words : null,
        { } other => other.ToCompactText(),
    };
}
