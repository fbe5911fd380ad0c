namespace Swarms.Hub.Hubs.Wire;

/// <summary>Section <c>Server</c>: how messages reach a connection's socket.</summary>
internal sealed class WireOptions
{
    /// <summary>
    /// Writes to a WebSocket directly instead of through the pipes of SignalR and Kestrel. Turn it off if a framework breaks its
    /// assumptions (Hubs/Wire/README.md); each frame then costs more CPU. Default true.
    /// </summary>
    public bool DirectSockets { get; set; } = true;
}
