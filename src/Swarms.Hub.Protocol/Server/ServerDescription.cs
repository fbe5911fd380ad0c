using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A hub's description of itself.</summary>
/// <param name="Version">The hub's version.</param>
/// <param name="Upstream">The upstream of its runs; with several, the default one.</param>
/// <param name="RoomCreation">The people who may create rooms: one of <see cref="RoomCreators"/>.</param>
public sealed record ServerDescription(
    string Version, UpstreamDescription Upstream, [property: OneOf(typeof(RoomCreators))] string RoomCreation)
{
    /// <summary>The upstreams beside the default, by name; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OtherUpstream>? OtherUpstreams { get; init; }
}
