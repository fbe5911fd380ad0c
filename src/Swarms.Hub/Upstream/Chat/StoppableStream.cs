using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>A body whose reads end with the run, because some clients read without a token. Read by the run's loop.</summary>
internal sealed class StoppableStream(Stream inner, CancellationToken stopped) : ReadOnlyStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, stopped);
}
