namespace Swarms.Hub.Protocol;

/// <summary>The text of one agent of a swarm.</summary>
/// <param name="Agent">The agent's name; null for chunks that name none.</param>
/// <param name="Text">Its chunks in sequence order.</param>
public sealed record RunPart(string? Agent, string Text);
