namespace Swarms.Hub.Protocol;

/// <summary>The request that masks a passage of a run's held text.</summary>
/// <param name="Start">The passage's first unit in the lane's text.</param>
/// <param name="End">The unit behind its last one.</param>
public sealed record MaskRunRequest(int Start, int End);
