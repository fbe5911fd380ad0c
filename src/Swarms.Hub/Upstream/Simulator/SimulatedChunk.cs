namespace Swarms.Hub.Upstream.Simulator;

/// <summary>A piece of a simulated answer.</summary>
/// <param name="At">The time when it is due, from the start of the answer.</param>
/// <param name="Agent">The name of the agent that says it.</param>
/// <param name="Text">Never empty.</param>
/// <param name="IsFirst">The agent's first.</param>
/// <param name="IsLast">The agent's last.</param>
internal readonly record struct SimulatedChunk(TimeSpan At, string Agent, string Text, bool IsFirst, bool IsLast);
