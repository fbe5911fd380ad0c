namespace Swarms.Hub.Protocol;

/// <summary>
/// The codes of failed calls, of feeds and connections that the hub ends, and of <c>error</c> events. <see cref="Endings"/> has the HTTP
/// status and the close code of each, and whether to come back.
/// </summary>
public static class ErrorCodes
{
    /// <summary>The call has no valid token, cookie or ticket.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>The role does not allow it.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The thing does not exist, or the caller may not see it.</summary>
    public const string NotFound = "not_found";

    /// <summary>A part of the request is wrong; the message says which one and what it should be.</summary>
    public const string Invalid = "invalid";

    /// <summary>The request contradicts something that happened before.</summary>
    public const string Conflict = "conflict";

    /// <summary>The request is over a limit; the message states it.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The caller sends too much; it should wait as <c>Retry-After</c> says.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>A limit of the room's or the hub's budget is used up, or the request goes beyond one.</summary>
    public const string OverBudget = "over_budget";

    /// <summary>Too many runs wait already, or the bodies that the hub reads and holds are too large together.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>The room stores as much as it may; reading it goes on.</summary>
    public const string RoomFull = "room_full";

    /// <summary>The hub is stopping.</summary>
    public const string Draining = "draining";

    /// <summary>The hub is starting and serves no rooms yet.</summary>
    public const string Starting = "starting";

    /// <summary>The viewer did not read for <c>Delivery:SendTimeout</c>, or a body did not come in time. It can come back.</summary>
    public const string Stalled = "stalled";

    /// <summary>The disk does not take writes.</summary>
    public const string StorageUnavailable = "storage_unavailable";

    /// <summary>The hub failed; its operator finds the reason in its log.</summary>
    public const string Internal = "internal";

    /// <summary>The hub cannot connect to the upstream: name, address or TLS failed.</summary>
    public const string UpstreamUnreachable = "upstream_unreachable";

    /// <summary>The upstream refused the request.</summary>
    public const string UpstreamRejected = "upstream_rejected";

    /// <summary>The upstream failed, before or in its answer.</summary>
    public const string UpstreamError = "upstream_error";

    /// <summary>The upstream sent nothing for too long.</summary>
    public const string UpstreamIdle = "upstream_idle";

    /// <summary>The run took longer than <c>Runs:MaxDuration</c>.</summary>
    public const string TooLong = "too_long";

    /// <summary>The upstream's answer ended without <c>done</c> or <c>error</c>.</summary>
    public const string UpstreamTruncated = "upstream_truncated";
}
