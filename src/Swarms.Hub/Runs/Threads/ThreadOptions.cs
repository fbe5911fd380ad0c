using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Runs;

/// <summary>Section <c>Threads</c>.</summary>
internal sealed class ThreadOptions
{
    /// <summary>The earlier turns that the upstream gets with a run. 1 to 1000; default 20.</summary>
    [Range(1, 1000)]
    public int MaxTurns { get; set; } = 20;

    /// <summary>The length of that history in UTF-8 bytes, messages included. 1 KiB to 16 MiB; default 256 KiB.</summary>
    [Range(1024, 16_777_216)]
    public int MaxBytes { get; set; } = 262_144;

    /// <summary>The attempts to go on from a run that failed, was cancelled or was interrupted. 1 to 1000; default 5.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 5;
}
