using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Access;

/// <summary>Section <c>Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>
    /// The key that creates rooms on a hub that listens on more than loopback. At least 16 characters. If it is left out, the hub
    /// generates one and prints it at its first start.
    /// </summary>
    [MinLength(16)]
    public string? OperatorKey { get; set; }

    /// <summary>Origins (<c>https://host</c>) whose pages may call the hub with a token or ticket. Default none.</summary>
    [RegularExpression(@"^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s?#@*;]+/?$", ErrorMessage = "an origin such as https://example.org")]
    public IList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// Wrong codes that one address may try in a minute before it is told to wait; ten times as many from a /48 of IPv6. 1 to 10,000;
    /// default 20.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxFailedJoinsPerMinute { get; set; } = 20;

    /// <summary>
    /// Connections that one member may have open: to <c>/hub</c>, to the feed and at the Swarms doors. 1 to 100,000; default 100.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxConnectionsPerMember { get; set; } = 100;
}
