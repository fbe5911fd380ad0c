using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream;

/// <summary>An answer's body. Every read restarts the idle timeout, also one that brings only comments. Read by the run's loop.</summary>
internal sealed class IdleTimeoutStream(Stream inner, IdleTimeout idle) : ReadOnlyStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        idle.WaitAsync(token => inner.ReadAsync(buffer, token), cancellationToken);
}
