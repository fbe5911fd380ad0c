namespace Swarms.Hub.Protocol;

/// <summary>What one agent of a swarm has said.</summary>
/// <param name="Agent">The agent's name; null for chunks that name none.</param>
/// <param name="Text">Its chunks in sequence order.</param>
public sealed record RunPart(string? Agent, string Text);
