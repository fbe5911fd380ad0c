using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Hosting;

/// <summary>Section <c>Server</c>.</summary>
internal sealed class ServerOptions
{
    /// <summary>
    /// The kernel's send buffer for one connection, in bytes. Small enough to notice a slow viewer after seconds, not megabytes; large
    /// enough for 2 MB/s over a line of 100 ms. 4 KiB to 16 MiB; default 256 KiB.
    /// </summary>
    [Range(4096, 16_777_216)]
    public int SendBufferBytes { get; set; } = 262_144;

    /// <summary>
    /// The path below which people reach the hub, such as <c>/hub</c>, whether or not the proxy cuts it off. Default none: the root, or
    /// what a proxy says in <c>X-Forwarded-Prefix</c>.
    /// </summary>
    [RegularExpression(@"^(/[^/?#\s]+)*/?$", ErrorMessage = "a path such as /hub")]
    public string? PathBase { get; set; }
}
