using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Section <c>Upstream</c>: the address and key of the default upstream, and the limits of its answers. Each <c>Upstreams:{name}</c> has
/// the same settings for one more.
/// </summary>
internal sealed class UpstreamOptions
{
    /// <summary>
    /// <c>swarms</c>, <c>openai</c>, <c>ollama</c>, <c>anthropic</c> or <c>simulator</c>. A named upstream must state it. If the default
    /// leaves it out, it is <c>swarms</c> as soon as a key or an address is set, even an empty one, and <c>simulator</c> on a machine where
    /// nothing is.
    /// </summary>
    public UpstreamKind? Kind { get; set; }

    /// <summary>
    /// The address of the API: absolute, http or https, a path prefix is kept. Default that of the kind: <c>https://api.swarms.world</c>,
    /// <c>https://api.openai.com/v1</c>, <c>http://localhost:11434</c>, <c>https://api.anthropic.com</c>.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>
    /// The key of the API, sent in the header that its kind uses. For the Swarms API as the default upstream, the setting
    /// <c>SWARMS_API_KEY</c> takes its place if it is left out. Default none.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The models that this upstream answers for. A run with one of them goes here. Where the list has any, this upstream takes no other.
    /// Default none.
    /// </summary>
    [RegularExpression(@"^\S{1,200}$", ErrorMessage = "the name of a model without spaces, at most 200 characters")]
    public IList<string> Models { get; init; } = [];

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

    /// <summary>
    /// The longest time that one run of a person waits for this upstream's limit, over all its attempts. 0 to a day; with 0 a refusal ends
    /// the run at once. Default 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxRateLimitWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The refusals for a limit after which a run ends. 1 to 100. Default 10.</summary>
    [Range(1, 100)]
    public int MaxRateLimitAttempts { get; set; } = 10;

    public bool IsSimulated => Kind is null or UpstreamKind.Simulator;

    /// <summary>The address that is in force.</summary>
    public Uri Address => BaseAddress ?? DefaultAddress(Kind);

    /// <summary>Returns the public address of a kind; for Ollama, the one on the same machine.</summary>
    public static Uri DefaultAddress(UpstreamKind? kind) => kind switch
    {
        UpstreamKind.OpenAi => new("https://api.openai.com/v1"),
        UpstreamKind.Ollama => new("http://localhost:11434"),
        UpstreamKind.Anthropic => new("https://api.anthropic.com"),
        _ => new("https://api.swarms.world"),
    };
}
