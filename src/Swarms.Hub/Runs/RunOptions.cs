using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Runs;

/// <summary>Section <c>Runs</c>.</summary>
internal sealed class RunOptions
{
    /// <summary>Runs of one room that call the upstream at one time; further ones wait in the room's queue. 1 to 1000; default 8.</summary>
    [Range(1, 1000)]
    public int MaxParallelPerRoom { get; set; } = 8;

    /// <summary>Runs of the whole hub that call the upstream at one time. 1 to 10,000; default 64.</summary>
    [Range(1, 10_000)]
    public int MaxParallel { get; set; } = 64;

    /// <summary>Runs that may wait in one room's queue. 0 to 1000; default 32.</summary>
    [Range(0, 1000)]
    public int MaxQueuedPerRoom { get; set; } = 32;

    /// <summary>The longest text of a run, in UTF-8 bytes; a longer one ends with <c>too_large</c>. 1 KiB to 128 MiB, well below what SQLite takes in one row; default 16 MiB.</summary>
    [Range(1024, 134_217_728)]
    public long MaxTextBytes { get; set; } = 16_777_216;

    /// <summary>The largest request body that starts a run. 1 KiB to 1 GiB; default 16 MiB, for prompts with images.</summary>
    [Range(1024, 1_073_741_824)]
    public long MaxRequestBytes { get; set; } = 16_777_216;

    /// <summary>What the requests may weigh together that were accepted and are not sent yet, of the whole hub. 1 MiB to 64 GiB; default 256 MiB.</summary>
    [Range(1_048_576, 68_719_476_736)]
    public long MaxHeldBytes { get; set; } = 268_435_456;

    /// <summary>How long a stopping hub lets runs go on before it ends them as <c>interrupted</c>. 0 to 1 hour; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
