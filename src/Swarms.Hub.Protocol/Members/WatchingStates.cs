namespace Swarms.Hub.Protocol;

/// <summary>How a member follows a room.</summary>
public static class WatchingStates
{
    /// <summary>It watches, and has everything.</summary>
    public const string Live = "live";

    /// <summary>It watches, or has just lost its connection, and has yet to be given events.</summary>
    public const string Behind = "behind";

    /// <summary>It does not watch.</summary>
    public const string Gone = "gone";
}
