namespace Swarms.Hub.Protocol;

/// <summary>An upstream beside the default one.</summary>
/// <param name="Name">The name that the operator gave it.</param>
/// <param name="Kind">One of <see cref="UpstreamKinds"/>.</param>
public sealed record OtherUpstream(string Name, [property: OneOf(typeof(UpstreamKinds))] string Kind);
