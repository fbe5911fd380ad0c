using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// What lies between the network and <see cref="System.Net.ServerSentEvents.SseParser"/>, for three things the parser does
/// not do. It bounds a frame that does not end (comments between frames do not count). It makes every line end a line
/// feed, because the parser holds a carriage return back until another byte comes. And it begins every frame with an empty
/// <c>event</c> line, because the parser carries the name of a frame without data over to the next one. Read by one loop.
/// </summary>
internal sealed class SseLineStream(Stream inner, int maxFrameBytes) : ReadOnlyStream
{
    private const int LongFrameBytes = 32 * 1024;

    private static ReadOnlySpan<byte> NameReset => "event\n"u8;

    private readonly byte[] buffer = new byte[8192];
    private int start;
    private int end;
    private int nameResetLeft;
    private int lineBytes;
    private int frameBytes;
    private bool isComment;
    private bool isAfterCarriageReturn;
    private bool isTooLarge;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var written = Copy(buffer.Span);
            if (written > 0 || buffer.IsEmpty) return written;
            if (isTooLarge) throw UpstreamFaults.FrameTooLarge(maxFrameBytes);

            start = 0;
            end = await inner.ReadAsync(this.buffer, cancellationToken);
            if (end == 0) return 0;
            // To parse it takes milliseconds, and this may be the thread of all sockets.
            if (frameBytes + lineBytes > LongFrameBytes) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private int Copy(Span<byte> destination)
    {
        var written = 0;
        while (written < destination.Length && !isTooLarge)
        {
            if (nameResetLeft > 0)
            {
                destination[written++] = NameReset[^nameResetLeft--];
                continue;
            }

            if (start == end) break;
            var source = buffer.AsSpan(start, Math.Min(end - start, destination.Length - written));
            var length = source.IndexOfAny((byte)'\r', (byte)'\n');
            if (length == 0)
            {
                start++;
                if (EndsLine(source[0])) destination[written++] = (byte)'\n';
                continue;
            }

            if (length < 0) length = source.Length;
            Count(source[..length]);
            source[..length].CopyTo(destination[written..]);
            written += length;
            start += length;
        }

        return written;
    }

    private void Count(ReadOnlySpan<byte> part)
    {
        if (lineBytes == 0) isComment = part[0] == (byte)':';
        isAfterCarriageReturn = false;
        lineBytes += part.Length;
        isTooLarge = frameBytes + lineBytes > maxFrameBytes;
    }

    private bool EndsLine(byte lineEnd)
    {
        var isSecondHalf = isAfterCarriageReturn && lineEnd == (byte)'\n';
        isAfterCarriageReturn = lineEnd == (byte)'\r';
        if (isSecondHalf) return false;

        if (lineBytes == 0)
        {
            frameBytes = 0;
            nameResetLeft = NameReset.Length;
        }
        else if (!isComment)
        {
            frameBytes += lineBytes;
        }

        lineBytes = 0;
        return true;
    }
}
