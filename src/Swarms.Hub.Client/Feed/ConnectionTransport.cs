namespace Swarms.Hub.Client;

/// <summary>The ways by which a watched room's frames arrive.</summary>
public enum ConnectionTransport
{
    /// <summary>A WebSocket.</summary>
    WebSockets,

    /// <summary>
    /// One request after the other, because the network or a proxy passes no WebSockets. Nothing is lost or out of order; it costs more,
    /// and a lost connection is noticed later. WebSockets are tried again every minute.
    /// </summary>
    LongPolling,
}
