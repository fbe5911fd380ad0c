using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Runs;

/// <summary>Section <c>Runs</c>.</summary>
internal sealed class RunOptions
{
    /// <summary>The parallel runs of one room at the upstream; further ones wait in the room's queue. 1 to 1000; default 8.</summary>
    [Range(1, 1000)]
    public int MaxParallelPerRoom { get; set; } = 8;

    /// <summary>The parallel runs of the whole hub at the upstream. 1 to 10,000; default 64.</summary>
    [Range(1, 10_000)]
    public int MaxParallel { get; set; } = 64;

    /// <summary>The runs that may wait in one room's queue. 0 to 1000; default 32.</summary>
    [Range(0, 1000)]
    public int MaxQueuedPerRoom { get; set; } = 32;

    /// <summary>The proposals that may wait in one room. 0 to 1000; default 50.</summary>
    [Range(0, 1000)]
    public int MaxProposedPerRoom { get; set; } = 50;

    /// <summary>
    /// The longest text of a run, in UTF-8 bytes; a longer one ends with <c>too_large</c>. 1 KiB to 128 MiB; default 16 MiB. SQLite's limit
    /// for a row is well above.
    /// </summary>
    [Range(1024, 134_217_728)]
    public long MaxTextBytes { get; set; } = 16_777_216;

    /// <summary>
    /// All events of a run, in bytes, each with 128 for its rest; a run with more ends with <c>too_large</c>. 64 KiB to 1 GiB; default
    /// 64 MiB, which is half a million chunks of a word.
    /// </summary>
    [Range(65_536, 1_073_741_824)]
    public long MaxEventBytes { get; set; } = 67_108_864;

    /// <summary>The longest time of a run at the upstream; then it ends with <c>too_long</c>. 1 second to 7 days; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The largest request body that starts a run. 1 KiB to 1 GiB; default 16 MiB, for prompts with images.</summary>
    [Range(1024, 1_073_741_824)]
    public long MaxRequestBytes { get; set; } = 16_777_216;

    /// <summary>
    /// The total size of the bodies that the hub reads, or holds until they are sent; beyond 64 KiB a body counts twice, for its parsing. A
    /// room has a quarter at most, and the requests that wait have three quarters together. 1 MiB to 64 GiB; default 256 MiB.
    /// </summary>
    [Range(1_048_576, 68_719_476_736)]
    public long MaxHeldBytes { get; set; } = 268_435_456;

    /// <summary>
    /// The time for which a stopping hub lets runs continue before it ends them as <c>interrupted</c>. 0 to 1 hour; default 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time without a connected host after which a room's <c>holdBack.withoutHost</c> takes effect on text that is held. 1 second to 10
    /// minutes; default 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HostAbsence { get; set; } = TimeSpan.FromSeconds(15);
}
