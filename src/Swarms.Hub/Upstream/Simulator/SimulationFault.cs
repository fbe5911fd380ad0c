namespace Swarms.Hub.Upstream.Simulator;

/// <summary>The ways in which a simulated upstream can fail.</summary>
internal enum SimulationFault
{
    None,

    /// <summary>The upstream answers with an error status and no stream.</summary>
    Refuse,

    /// <summary>The upstream reports an error in mid-stream.</summary>
    Error,

    /// <summary>The connection breaks within a frame.</summary>
    Cut,

    /// <summary>The upstream stops sending and keeps the connection open.</summary>
    Silence,

    /// <summary>The upstream sends meaningless bytes and closes the connection.</summary>
    Garbage,
}
