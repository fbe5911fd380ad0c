namespace Swarms.Hub.Upstream;

/// <summary>Which upstream executes runs, and what its answers may cost. Section <c>Upstream</c>.</summary>
internal sealed class UpstreamOptions
{
    /// <summary>Where the Swarms API is: absolute, http or https, a path prefix is kept. Default <c>https://api.swarms.world</c>.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.swarms.world");

    /// <summary>The key sent as <c>x-api-key</c>; the setting <c>SWARMS_API_KEY</c> where this is left out. None (the default): the simulator answers.</summary>
    public string? ApiKey { get; set; }

    /// <summary>For name, connection and TLS together. More than 0, at most 10 minutes. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the upstream may send not a single byte, before its headers or within its answer. More than 0, at most a day. Default 300 s: tools and reasoning are silent for minutes.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>What one frame of a stream may hold, in bytes. 1,024 to 32 MiB. Default 4 MiB.</summary>
    public int MaxFrameBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>What an answer in JSON may hold, in bytes. 1,024 to 256 MiB. Default 16 MiB.</summary>
    public int MaxJsonBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>What a refusal's body may hold, in bytes, to be passed on. 1,024 to 16 MiB. Default 256 KiB.</summary>
    public int MaxRefusalBytes { get; set; } = 256 * 1024;

    public bool IsSimulated => ApiKey is null;
}
