namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="RoomFrame.Reason"/>.</summary>
public static class SnapshotReasons
{
    /// <summary>The viewer gave no cursor.</summary>
    public const string First = "first";

    /// <summary>The cursor is not of the hub's history: events were lost, restored or changed.</summary>
    public const string Diverged = "diverged";

    /// <summary>The viewer is too far back to be sent the events in between.</summary>
    public const string Behind = "behind";

    /// <summary>The viewer may see more than before, or less.</summary>
    public const string Audience = "audience";
}
