namespace Swarms.Hub.Upstream.Simulator;

/// <summary>The state of a simulated connection after its last byte.</summary>
internal enum SimulatedEnd
{
    Closed,
    Reset,
    Open,
}
