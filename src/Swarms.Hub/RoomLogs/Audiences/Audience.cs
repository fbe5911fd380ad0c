namespace Swarms.Hub.RoomLogs;

/// <summary>Members who see the same of a room. The number stands in cursors, so it never changes its meaning.</summary>
internal enum Audience : byte
{
    /// <summary>Everything.</summary>
    WithCosts = 0,

    /// <summary>Everything but costs.</summary>
    WithoutCosts = 1,

    /// <summary>The events of one run, without costs: the reader of an embed.</summary>
    OneRun = 2,
}
