using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>A stream whose bytes arrive in pieces of the sizes that a test chooses, until it ends or fails.</summary>
internal sealed class ChoppedStream(ReadOnlyMemory<byte> bytes, Func<int> nextSize, Exception? fault = null) : ReadOnlyStream
{
    private int _position;

    public int BytesRead => _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == bytes.Length && fault is not null)
            throw fault;

        var count = Math.Min(Math.Min(nextSize(), buffer.Length), bytes.Length - _position);
        bytes.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return ValueTask.FromResult(count);
    }
}
