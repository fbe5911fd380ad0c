namespace Swarms.Hub.Protocol;

/// <summary>Who runs, as the request names it.</summary>
/// <param name="Name">The agent's or swarm's name; null where the request has none.</param>
/// <param name="Model">The model's name; null where the request has none.</param>
public sealed record RunAgent(string? Name, string? Model);
