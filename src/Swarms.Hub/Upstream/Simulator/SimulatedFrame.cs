namespace Swarms.Hub.Upstream.Simulator;

/// <summary>Bytes of a simulated answer and the time when they are due, from its start.</summary>
internal readonly record struct SimulatedFrame(TimeSpan At, ReadOnlyMemory<byte> Bytes);
