namespace Swarms.Hub.Upstream;

/// <summary>The upstream gave no readable answer. The message is one sentence for people, without secrets or internals.</summary>
internal sealed class UpstreamException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="Protocol.ErrorCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The upstream's own refusal (4xx or 5xx), if it can be passed on.</summary>
    public UpstreamRefusal? Refusal { get; init; }

    /// <summary>
    /// Whether the upstream may have begun to work. A caller that repeats the request pays twice then. It has not where nothing reached
    /// it, or where it said so: bad requests, conflicts, limits, and when it is not available.
    /// </summary>
    public bool MayHaveBegun => Refusal is { Status: var status }
        ? status is >= 500 and not 503
        : Code is not (Protocol.ErrorCodes.UpstreamUnreachable or Protocol.ErrorCodes.TooLarge or Protocol.ErrorCodes.StorageUnavailable
            or Protocol.ErrorCodes.Invalid);
}
