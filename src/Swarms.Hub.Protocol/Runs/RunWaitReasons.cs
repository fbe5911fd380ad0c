namespace Swarms.Hub.Protocol;

/// <summary>The reasons of a <c>run.waiting</c> event.</summary>
public static class RunWaitReasons
{
    /// <summary>The upstream takes no more calls with this hub's key for a while.</summary>
    public const string RateLimit = "rate_limit";

    /// <summary>The upstream is not available, and said when to call again.</summary>
    public const string Unavailable = "unavailable";
}
