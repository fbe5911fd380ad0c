namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="RoomFrame.Kind"/>.</summary>
public static class FrameKinds
{
    /// <summary>The whole state: replace what you have.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>The answer to a known cursor: keep what you have and append.</summary>
    public const string Resumed = "resumed";

    /// <summary>The next events.</summary>
    public const string Events = "events";

    /// <summary>The storage began or stopped to fail. Changes nothing of what you have, and its cursor is the one you have.</summary>
    public const string Storage = "storage";
}
