using System.Buffers;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// An answer's body, line by line: bounds a frame that does not end, and shows each line to a <see cref="FrameWatch"/> before the vendor's
/// client reads it. Lines before an error are read before it is thrown. Read by the loop of one run.
/// Next: the vendor's client, whose updates <see cref="ChatFrames"/> translates.
/// </summary>
internal sealed class FrameStream(Stream inner, FrameWatch watch, int maxFrameBytes) : ReadOnlyStream
{
    private const int LongLineBytes = 32 * 1024;

    private readonly byte[] _buffer = new byte[8192];
    private readonly ArrayBufferWriter<byte> _line = new();
    private ReadOnlyMemory<byte> _read;
    private ReadOnlyMemory<byte> _ready;
    private int _frameBytes;
    private bool _hasEnded;

    /// <summary>The fault that was thrown, which the vendor's client may wrap; null without one.</summary>
    public Exception? Fault { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (!_ready.IsEmpty)
            {
                var count = Math.Min(_ready.Length, buffer.Length);
                _ready[..count].CopyTo(buffer);
                _ready = _ready[count..];
                return count;
            }

            if (Fault is not null)
                throw Fault;

            if (_hasEnded)
                return 0;

            if (_read.IsEmpty)
                await FillAsync(cancellationToken);

            TakeLine();
            // Parsing it takes milliseconds, and this may be the thread that serves all sockets.
            if (_ready.Length > LongLineBytes)
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        return 0;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            var count = await inner.ReadAsync(_buffer, cancellationToken);
            _read = _buffer.AsMemory(0, count);
            _hasEnded = count == 0;
        }
        catch (Exception exception)
        {
            Fault = exception;
            throw;
        }
    }

    private void TakeLine()
    {
        var end = _read.Span.IndexOf((byte)'\n');
        var part = end < 0 ? _read : _read[..end];
        _read = end < 0 ? default : _read[(end + 1)..];
        _frameBytes += part.Length;
        if (_frameBytes > maxFrameBytes)
        {
            Fault = UpstreamFaults.FrameTooLarge(maxFrameBytes);
            return;
        }

        _line.Write(part.Span);
        if (end < 0 && !(_hasEnded && _line.WrittenCount > 0))
            return;

        var line = _line.WrittenMemory;
        if (line.Span.EndsWith("\r"u8))
            line = line[..^1];

        if (line.IsEmpty || watch.HasLineFrames)
            _frameBytes = 0;

        byte[] shown = [.. watch.Read(line).Span, (byte)'\n'];
        _line.ResetWrittenCount();
        if (watch.Error is { } words)
            Fault = new UpstreamException(Protocol.ErrorCodes.UpstreamError, words);
        else
            _ready = shown;
    }
}
