namespace Swarms.Hub.Upstream.Simulator;

/// <summary>What becomes of a simulated connection behind its last byte.</summary>
internal enum SimulatedEnd
{
    Closed,
    Reset,
    Open,
}
