using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The figures that the upstream states; null if it does not. No cost is computed from a price.</summary>
/// <param name="InputTokens">The tokens of the request.</param>
/// <param name="OutputTokens">The tokens of the answer.</param>
/// <param name="TotalTokens">Both together.</param>
/// <param name="Cost">The cost in the upstream's currency, US dollars for the Swarms API.</param>
public sealed record Usage(long? InputTokens, long? OutputTokens, long? TotalTokens, decimal? Cost)
{
    /// <summary>Reads the data of a <c>usage</c> event. A figure that is missing or of another type is null.</summary>
    public static Usage Read(JsonElement data) =>
        new(data.Number("inputTokens"), data.Number("outputTokens"), data.Number("totalTokens"), data.Figure("cost"));
}
