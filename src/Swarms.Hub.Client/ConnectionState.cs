namespace Swarms.Hub.Client;

/// <summary>How a watched room is connected.</summary>
public enum ConnectionState
{
    /// <summary>Not watching; or attempts to connect keep failing, and go on.</summary>
    Offline,

    /// <summary>Connecting for the first time, or connected and reading what was missed.</summary>
    CatchingUp,

    /// <summary>Events arrive as they happen.</summary>
    Live,

    /// <summary>The connection was lost and is being made again.</summary>
    Reconnecting,

    /// <summary>The hub has no such room for this member any more. Final.</summary>
    Ended,
}
