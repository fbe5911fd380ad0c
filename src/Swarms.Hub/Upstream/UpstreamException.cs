namespace Swarms.Hub.Upstream;

/// <summary>The upstream gave no answer to read. The message is one sentence for people and holds no secret and nothing of the inside.</summary>
internal sealed class UpstreamException(string code, string message) : Exception(message)
{
    /// <summary>One of the <c>upstream_…</c> codes of <see cref="Protocol.ErrorCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The upstream's own words, where it said no (4xx and 5xx) and they can be passed on.</summary>
    public UpstreamRefusal? Refusal { get; init; }
}
