namespace Swarms.Hub.RoomLogs;

/// <summary>Members who see the same of a room. The number stands in cursors, so it never changes its meaning.</summary>
internal enum Audience : byte
{
    /// <summary>Everything.</summary>
    WithCosts = 0,

    /// <summary>Everything but costs.</summary>
    WithoutCosts = 1,
}
