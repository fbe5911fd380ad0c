namespace Swarms.Hub.Client;

/// <summary>Why one connection's stream is over, and so what comes next.</summary>
internal enum FeedEnding
{
    /// <summary>The connection broke, or the hub closed the stream: reconnect and resume.</summary>
    Lost,

    /// <summary>The hub has no such room for this caller: never again.</summary>
    Refused,

    /// <summary>What came does not continue what is held: reconnect without a cursor.</summary>
    SnapshotWanted,

    /// <summary>The hub is stopping and this viewer's turn to leave has come: reconnect and resume.</summary>
    Draining,

    /// <summary>The program is too slow: wait for it, then resume.</summary>
    Full,

    /// <summary>Nobody watches any more.</summary>
    Stopped,
}
