using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>Figures exactly as the upstream states them; null where it does not. None is ever computed from a price.</summary>
/// <param name="InputTokens">Tokens of the request.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
/// <param name="TotalTokens">Both together.</param>
/// <param name="Cost">In the upstream's currency (US dollars on the Swarms API).</param>
public sealed record Usage(long? InputTokens, long? OutputTokens, long? TotalTokens, decimal? Cost)
{
    /// <summary>Reads the data of a <c>usage</c> event. A figure that is missing or of another type is one that is not stated.</summary>
    public static Usage Read(JsonElement data) =>
        new(data.Number("inputTokens"), data.Number("outputTokens"), data.Number("totalTokens"), data.Figure("cost"));
}
