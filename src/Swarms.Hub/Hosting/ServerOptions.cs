using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Hosting;

/// <summary>Section <c>Server</c>.</summary>
internal sealed class ServerOptions
{
    /// <summary>
    /// What the kernel may hold for one connection that does not read, in bytes. Small enough that the hub notices a slow viewer
    /// after seconds and not after megabytes, large enough for 2 MB/s over a line of 100 ms. 4 KiB to 16 MiB; default 256 KiB.
    /// </summary>
    [Range(4096, 16_777_216)]
    public int SendBufferBytes { get; set; } = 262_144;
}
