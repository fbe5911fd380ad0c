using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Access;

/// <summary>Section <c>Access</c>, its rates. Each is a bucket that refills evenly.</summary>
internal sealed class RateOptions
{
    /// <summary>
    /// The calls of one member that may append something, over HTTP and SignalR together: a fifth of them at once. 5 to 100,000,000;
    /// default 300.
    /// </summary>
    [Range(5, 100_000_000)]
    public int MaxActionsPerMinute { get; set; } = 300;

    /// <summary>
    /// The text that one member may append in messages and tasks, in bytes: a quarter of it at once. 512 KiB to 2047 MiB; default 2 MiB.
    /// </summary>
    [Range(524_288, 2_146_435_072)]
    public int MaxTextBytesPerMinute { get; set; } = 2_097_152;

    /// <summary>
    /// The connections that one token or session may open, to the hub, to the feed and at the Swarms doors: a third of them at once. 3 to
    /// 100,000,000; default 300: as many as a member may have open, and one in a fifth of a second.
    /// </summary>
    [Range(3, 100_000_000)]
    public int MaxConnectionsPerMinute { get; set; } = 300;

    /// <summary>The members who may join by one invite, all at once if they like. 1 to 100,000,000; default 1,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxJoinsPerMinute { get; set; } = 1000;

    /// <summary>The rooms that may be created from one address. 1 to 100,000,000; default 600.</summary>
    [Range(1, 100_000_000)]
    public int MaxRoomsPerMinute { get; set; } = 600;

    /// <summary>
    /// The tokens and cookies, wrong ones or not seen before, that are looked up for one address; more are refused unread. 1 to
    /// 100,000,000; default 600: a school may come back at once after the hub's restart.
    /// </summary>
    [Range(1, 100_000_000)]
    public int MaxNewTokensPerMinute { get; set; } = 600;
}
