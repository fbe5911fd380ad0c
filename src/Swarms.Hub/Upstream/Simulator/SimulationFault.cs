
namespace Swarms.Hub.Upstream.Simulator;

/// <summary>How a simulated upstream can fail.</summary>
internal enum SimulationFault
{
    None,

    /// <summary>It answers with an error status and no stream.</summary>
    Refuse,

    /// <summary>It reports an error in mid-stream.</summary>
    Error,

    /// <summary>The connection breaks within a frame.</summary>
    Cut,

    /// <summary>It sends no more and keeps the connection open.</summary>
    Silence,

    /// <summary>It sends bytes that mean nothing, and ends.</summary>
    Garbage,
}
