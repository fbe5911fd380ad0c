using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>One call to the upstream.</summary>
/// <param name="Kind">One of <see cref="RunKinds"/>: chooses the upstream's path.</param>
/// <param name="Body">The body of the call, valid JSON; fields that the hub does not know pass through.</param>
/// <param name="IsStreamed">True switches streaming on in the body; false leaves the body byte for byte as it is.</param>
internal sealed record UpstreamRequest(string Kind, ReadOnlyMemory<byte> Body, bool IsStreamed)
{
    /// <summary>
    /// The path of another call of the Swarms API, without a slash before it; null for an agent and a swarm. Only that API takes it.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>True if the call only reads: it has no body, and its answer is one small JSON text.</summary>
    public bool IsLookup { get; init; }

    /// <summary>True if nobody may learn which upstream and model it goes to, or what it uses, until its group is revealed.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The texts in the body that answers must not show, besides those that look like credentials.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];
}
