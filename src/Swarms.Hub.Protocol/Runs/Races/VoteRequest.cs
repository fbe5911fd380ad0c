namespace Swarms.Hub.Protocol;

/// <summary>The request that votes for a run of a group.</summary>
/// <param name="Run">The run's id.</param>
public sealed record VoteRequest(string Run);
