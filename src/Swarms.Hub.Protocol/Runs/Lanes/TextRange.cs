namespace Swarms.Hub.Protocol;

/// <summary>A passage of a text, in UTF-16 units.</summary>
/// <param name="Start">Its first unit.</param>
/// <param name="End">The unit behind its last one.</param>
public sealed record TextRange(int Start, int End);
