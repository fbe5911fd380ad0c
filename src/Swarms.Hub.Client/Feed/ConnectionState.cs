namespace Swarms.Hub.Client;

/// <summary>How a watched room is connected.</summary>
public enum ConnectionState
{
    /// <summary>
    /// Not watching; or four connections in a row brought nothing. Attempts go on. The system is not asked for its network: only the hub's
    /// answer tells.
    /// </summary>
    Offline,

    /// <summary>
    /// Connecting for the first time, or connected and taking the missed events; also while a slow program takes the events held for it.
    /// </summary>
    CatchingUp,

    /// <summary>All missed events have been handed over, and events arrive as they happen.</summary>
    Live,

    /// <summary>The connection was lost and is being made again.</summary>
    Reconnecting,

    /// <summary>The hub has no such room for this member any more. Final.</summary>
    Ended,
}
