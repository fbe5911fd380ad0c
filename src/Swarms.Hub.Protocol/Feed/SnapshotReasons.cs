namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="RoomFrame.Reason"/>.</summary>
public static class SnapshotReasons
{
    /// <summary>No cursor was given.</summary>
    public const string First = "first";

    /// <summary>The cursor is not of the history that the hub has: something after it was lost, restored or changed.</summary>
    public const string Diverged = "diverged";

    /// <summary>The viewer is too far back for history.</summary>
    public const string Behind = "behind";
}
