namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="RoomFrame.Kind"/>.</summary>
public static class FrameKinds
{
    /// <summary>Replace what you have.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>Keep what you have and append.</summary>
    public const string Resumed = "resumed";

    /// <summary>The next events.</summary>
    public const string Events = "events";

    /// <summary>Whether the hub's storage takes writes. Changes nothing of what you have, and its cursor is the one you have.</summary>
    public const string Storage = "storage";
}
