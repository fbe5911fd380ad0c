using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>Bytes that arrive in pieces of the sizes that a test chooses, and then end, or fail.</summary>
internal sealed class ChoppedStream(ReadOnlyMemory<byte> bytes, Func<int> nextSize, Exception? fault = null) : ReadOnlyStream
{
    private int position;

    public int BytesRead => position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position == bytes.Length && fault is not null) throw fault;
        var count = Math.Min(Math.Min(nextSize(), buffer.Length), bytes.Length - position);
        bytes.Slice(position, count).CopyTo(buffer);
        position += count;
        return ValueTask.FromResult(count);
    }
}
