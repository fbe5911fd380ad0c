namespace Swarms.Hub.Client;

/// <summary>How one connection's stream ended, and so what comes next.</summary>
internal enum FeedEnding
{
    /// <summary>The connection broke, or the hub closed the stream: reconnect and resume.</summary>
    Lost,

    /// <summary>The hub refuses this caller, and the table of endings says not to come back.</summary>
    Refused,

    /// <summary>A frame does not continue the ones before: reconnect without a cursor.</summary>
    SnapshotWanted,

    /// <summary>The hub is stopping and this viewer's turn to leave has come: reconnect and resume.</summary>
    Draining,

    /// <summary>The program is too slow: wait for it, then resume.</summary>
    Full,

    /// <summary>The network passes no WebSockets, or does so again: connect by the other transport at once.</summary>
    TransportChanged,
}
