using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream;

/// <summary>An answer's body in which every read, comments included, starts the idle timeout anew.</summary>
internal sealed class IdleTimeoutStream(Stream inner, IdleTimeout idle) : ReadOnlyStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        idle.WaitAsync(token => inner.ReadAsync(buffer, token), cancellationToken);
}
