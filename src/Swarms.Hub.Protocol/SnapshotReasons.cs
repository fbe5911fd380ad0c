namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="RoomFrame.Reason"/>.</summary>
public static class SnapshotReasons
{
    /// <summary>No cursor was given.</summary>
    public const string First = "first";

    /// <summary>The cursor is from another life of the log.</summary>
    public const string Epoch = "epoch";

    /// <summary>The viewer is too far back for history.</summary>
    public const string Behind = "behind";
}
