using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.RoomLogs;

/// <summary>Section <c>Rooms</c>.</summary>
internal sealed class RoomOptions
{
    /// <summary>How long a room that nobody uses stays in memory. 1 second to 1 day; default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The newest events of a room that are kept in memory, in bytes. A viewer that is further back reads the store.
    /// 64 KiB to 64 MiB; default 1 MiB, which is ten seconds of 1000 chunks a second.
    /// </summary>
    [Range(65_536, 67_108_864)]
    public int MaxTailBytes { get; set; } = 1_048_576;

    /// <summary>
    /// How many events back a viewer is still given history; further back it is given a snapshot.
    /// 1 to 1,000,000; default 2000: about as many as take longer to send than a snapshot.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxBehindEvents { get; set; } = 2_000;

    /// <summary>
    /// The shortest time between the starts of two commits while events keep coming; after a pause the first is committed at
    /// once. It lengthens by itself, up to 100 ms, when a pass over the viewers takes longer. 0 to 1 second; default 16 ms:
    /// about as often as a screen can show it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromMilliseconds(16);
}
