namespace Peers;

/// <summary>The source of a run's chunks.</summary>
internal sealed record RunSource(Uri Upstream);
