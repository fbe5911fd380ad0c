namespace Swarms.Hub.Runs;

/// <summary>One agent's part of a request.</summary>
/// <param name="Model">The model; null if it names none.</param>
/// <param name="MaxTokens">Its <c>max_tokens</c>; null without a bound.</param>
/// <param name="Calls">The calls of the model that the request asks for; null without a bound.</param>
internal sealed record AgentDemand(string? Model, long? MaxTokens, long? Calls);
