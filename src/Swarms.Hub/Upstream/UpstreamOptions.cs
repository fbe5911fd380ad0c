using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Upstream;

/// <summary>Section <c>Upstream</c>: the address and key of the upstream, and the limits of its answers.</summary>
internal sealed class UpstreamOptions
{
    /// <summary>
    /// <c>swarms</c> or <c>simulator</c>. If it is left out, it is <c>swarms</c> as soon as a key or an address is set, even an empty one,
    /// and <c>simulator</c> on a machine where nothing is.
    /// </summary>
    public UpstreamKind? Kind { get; set; }

    /// <summary>
    /// The address of the Swarms API: absolute, http or https, a path prefix is kept. Default <c>https://api.swarms.world</c>.
    /// </summary>
    public Uri BaseAddress { get; set; } = new("https://api.swarms.world");

    /// <summary>
    /// The key sent as <c>x-api-key</c>. The setting <c>SWARMS_API_KEY</c> takes its place if it is left out. Default none.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>The time for name resolution, connection and TLS together. 1 ms to 10 minutes. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The longest silence of the upstream, before its headers or within its answer. 1 ms to a day. Default 300 s, because
    /// tools and reasoning are silent for minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The most bytes in one frame of a stream. 1,024 to 32 MiB. Default 4 MiB.</summary>
    [Range(1024, 32 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most bytes in a JSON answer. 1,024 to 256 MiB. Default 16 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxJsonBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most bytes in a refusal's body that is passed on. 1,024 to 16 MiB. Default 256 KiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxRefusalBytes { get; set; } = 256 * 1024;

    public bool IsSimulated => Kind != UpstreamKind.Swarms;
}
