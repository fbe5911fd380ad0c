using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.RoomLogs;

/// <summary>Section <c>Rooms</c>.</summary>
internal sealed class RoomOptions
{
    /// <summary>The time that an unused room stays in memory. 1 second to 1 day; default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The size of a room's newest events that are kept in memory, in bytes. A viewer that is further back reads the store.
    /// 64 KiB to 64 MiB; default 1 MiB, which is ten seconds of 1000 chunks a second.
    /// </summary>
    [Range(65_536, 67_108_864)]
    public int MaxTailBytes { get; set; } = 1_048_576;

    /// <summary>
    /// The number of missed events up to which a viewer gets history; beyond it the viewer gets a snapshot. 1 to 1,000,000. The default of
    /// 2000 takes about as long to send as a snapshot.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxBehindEvents { get; set; } = 2_000;

    /// <summary>
    /// The bytes of events that a room may store; then it takes nothing new. 1 MiB to 1 PiB; default 1 GiB.
    /// </summary>
    [Range(1_048_576, 1_125_899_906_842_624)]
    public long MaxStoredBytes { get; set; } = 1_073_741_824;

    /// <summary>
    /// The shortest time between the starts of two commits while events keep coming; after a pause the first is committed at once. It
    /// grows up to 100 ms when a pass over the viewers takes longer. 0 to 1 second. The default of 16 ms is the time between two pictures
    /// of a screen.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromMilliseconds(16);
}
