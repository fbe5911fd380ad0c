namespace Swarms.Hub.Protocol;

/// <summary>Figures exactly as the upstream states them; null where it does not. None is ever computed from a price.</summary>
/// <param name="InputTokens">Tokens of the request.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
/// <param name="TotalTokens">Both together.</param>
/// <param name="Cost">In the upstream's currency (US dollars on the Swarms API).</param>
public sealed record Usage(long? InputTokens, long? OutputTokens, long? TotalTokens, decimal? Cost);
