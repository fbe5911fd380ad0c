namespace Swarms.Hub.Upstream;

/// <summary>What becomes of a simulated connection behind its last byte.</summary>
internal enum SimulatedEnd
{
    Closed,
    Reset,
    Open,
}
