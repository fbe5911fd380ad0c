namespace Swarms.Hub.Client;

/// <summary>What answers a hub's runs.</summary>
/// <param name="Kind"><c>swarms</c>: the Swarms API; <c>simulator</c>: the hub's own, whose answers mean nothing.</param>
/// <param name="Host">The upstream's host name; null where there is none.</param>
public sealed record UpstreamDescription(string Kind, string? Host);
