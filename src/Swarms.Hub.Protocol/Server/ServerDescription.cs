namespace Swarms.Hub.Protocol;

/// <summary>A hub's description of itself.</summary>
/// <param name="Version">The hub's version.</param>
/// <param name="Upstream">The upstream of its runs.</param>
/// <param name="RoomCreation">The people who may create rooms: one of <see cref="RoomCreators"/>.</param>
public sealed record ServerDescription(
    string Version, UpstreamDescription Upstream, [property: OneOf(typeof(RoomCreators))] string RoomCreation);
