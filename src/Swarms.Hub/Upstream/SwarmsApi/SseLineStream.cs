using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// Prepares a body for <see cref="System.Net.ServerSentEvents.SseParser"/>; read by the loop of one run. Bounds a frame that does not
/// end, not counting comments. Turns every line end into a line feed, as the parser delays a carriage return until the next byte.
/// Starts every frame with an empty <c>event</c> line, as the parser carries the name of a frame without data over to the next.
/// Next: <see cref="FrameTranslator"/>.
/// </summary>
internal sealed class SseLineStream(Stream inner, int maxFrameBytes) : ReadOnlyStream
{
    private const int LongFrameBytes = 32 * 1024;

    private static ReadOnlySpan<byte> NameReset => "event\n"u8;

    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;
    private int _nameResetLeft;
    private int _lineBytes;
    private int _frameBytes;
    private bool _isComment;
    private bool _isAfterCarriageReturn;
    private bool _isTooLarge;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var written = Copy(buffer.Span);
            if (written > 0 || buffer.IsEmpty)
                return written;

            if (_isTooLarge)
                throw UpstreamFaults.FrameTooLarge(maxFrameBytes);

            _start = 0;
            _end = await inner.ReadAsync(_buffer, cancellationToken);
            if (_end == 0)
                return 0;

            // Parsing it takes milliseconds, and this may be the thread that serves all sockets.
            if (_frameBytes + _lineBytes > LongFrameBytes)
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private int Copy(Span<byte> destination)
    {
        var written = 0;
        while (written < destination.Length && !_isTooLarge)
        {
            if (_nameResetLeft > 0)
            {
                destination[written++] = NameReset[^_nameResetLeft--];
                continue;
            }

            if (_start == _end)
                break;

            var source = _buffer.AsSpan(_start, Math.Min(_end - _start, destination.Length - written));
            var length = source.IndexOfAny((byte)'\r', (byte)'\n');
            if (length == 0)
            {
                _start++;
                if (EndsLine(source[0]))
                    destination[written++] = (byte)'\n';

                continue;
            }

            if (length < 0)
                length = source.Length;

            Count(source[..length]);
            source[..length].CopyTo(destination[written..]);
            written += length;
            _start += length;
        }

        return written;
    }

    private void Count(ReadOnlySpan<byte> part)
    {
        if (_lineBytes == 0)
            _isComment = part[0] == (byte)':';

        _isAfterCarriageReturn = false;
        _lineBytes += part.Length;
        _isTooLarge = _frameBytes + _lineBytes > maxFrameBytes;
    }

    private bool EndsLine(byte lineEnd)
    {
        var isSecondHalf = _isAfterCarriageReturn && lineEnd == (byte)'\n';
        _isAfterCarriageReturn = lineEnd == (byte)'\r';
        if (isSecondHalf)
            return false;

        if (_lineBytes == 0)
        {
            _frameBytes = 0;
            _nameResetLeft = NameReset.Length;
        }
        else if (!_isComment)
            _frameBytes += _lineBytes;

        _lineBytes = 0;
        return true;
    }
}
