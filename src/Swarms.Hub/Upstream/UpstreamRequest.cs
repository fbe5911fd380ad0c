using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>One call to the upstream.</summary>
/// <param name="Kind">One of <see cref="RunKinds"/>: chooses the upstream's path.</param>
/// <param name="Body">The body of the call, valid JSON; fields that the hub does not know pass through.</param>
/// <param name="IsStreamed">True switches streaming on in the body; false leaves the body byte for byte as it is.</param>
internal sealed record UpstreamRequest(string Kind, ReadOnlyMemory<byte> Body, bool IsStreamed)
{
    /// <summary>The texts in the body that answers must not show, besides those that look like credentials.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];
}
