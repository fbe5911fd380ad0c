namespace Swarms.Hub.Hubs.Wire;

/// <summary>Section <c>Server</c>: how messages reach a connection's socket.</summary>
internal sealed class WireOptions
{
    /// <summary>
    /// Whether a WebSocket is written to directly, in place of SignalR's pipe and Kestrel's. <c>false</c> is for a framework that
    /// breaks what this needs (Hubs/Wire/README.md); each frame then costs more CPU. Default true.
    /// </summary>
    public bool DirectSockets { get; set; } = true;
}
