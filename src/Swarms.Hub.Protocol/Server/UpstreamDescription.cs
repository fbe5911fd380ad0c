namespace Swarms.Hub.Protocol;

/// <summary>The upstream that answers a hub's runs.</summary>
/// <param name="Kind">One of <see cref="UpstreamKinds"/>.</param>
/// <param name="Host">The upstream's host name; null if there is none.</param>
public sealed record UpstreamDescription([property: OneOf(typeof(UpstreamKinds))] string Kind, string? Host);
