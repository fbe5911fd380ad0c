namespace Swarms.Hub.Protocol;

/// <summary>A passage that a host masked before the room got the text.</summary>
/// <param name="At">The place in the run's text at which it is missing, in UTF-16 units.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
public sealed record RunMask(int At, int Length);
