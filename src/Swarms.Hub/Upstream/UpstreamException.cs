namespace Swarms.Hub.Upstream;

/// <summary>The upstream gave no readable answer. The message is one sentence for people, without secrets or internals.</summary>
internal sealed class UpstreamException(string code, string message) : Exception(message)
{
    /// <summary>One of the <c>upstream_…</c> codes of <see cref="Protocol.ErrorCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The upstream's own refusal (4xx or 5xx), if it can be passed on.</summary>
    public UpstreamRefusal? Refusal { get; init; }
}
