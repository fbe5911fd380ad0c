namespace Swarms.Hub.Client;

/// <summary>What a hub says about itself.</summary>
/// <param name="Version">The hub's version.</param>
/// <param name="Upstream">What answers its runs.</param>
/// <param name="RoomCreation"><c>open</c>, or <c>operator</c>: creating a room takes the operator's key.</param>
public sealed record ServerDescription(string Version, UpstreamDescription Upstream, string RoomCreation);
