namespace Peers;

/// <summary>Where a run's chunks come from.</summary>
internal sealed record RunSource(Uri Upstream);
