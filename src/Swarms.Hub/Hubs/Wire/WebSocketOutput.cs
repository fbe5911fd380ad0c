using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// Sends SignalR's messages to one connection on the writer's own thread, one WebSocket message for each flush. SignalR's transport would
/// wake a thread for every frame of every viewer. SignalR lets one writer at a time use it. Buffers at most one message; the shared part of
/// a snapshot is not copied. A viewer that does not take a part within the send timeout is ended as stalled.
/// </summary>
internal sealed class WebSocketOutput(
    WebSocket socket, ConnectionEnding ending, TimeSpan sendTimeout, TimeProvider time, Action onStalled)
    : PipeWriter
{
    // Each part of a long message must be taken in time, which tells a slow viewer from a stalled one. The server's buffer for a connection
    // holds at most one part beyond its own bound.
    private const int MaxPartBytes = 8_192;

    private const int MinBufferBytes = 512;

    private byte[] _buffer = [];
    private int _length;
    private ReadOnlyMemory<byte> _shared;
    private int _sharedAt;
    private byte[] _announcement = [];
    private bool _isOver;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public override void Advance(int bytes) => _length += bytes;

    /// <summary>
    /// Inserts immutable bytes at this point of the message without copying them; once for each message. The announcement is sent before
    /// it as a message of its own.
    /// </summary>
    public void Insert(ReadOnlyMemory<byte> shared, byte[] announcement) =>
        (_shared, _sharedAt, _announcement) = (shared, _length, announcement);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_shared.IsEmpty)
            {
                await SendAsync(_buffer.AsMemory(0, _length), isLast: true);
            }
            else
            {
                await SendAsync(_announcement, isLast: true);
                await SendAsync(_buffer.AsMemory(0, _sharedAt), isLast: false);
                await SendAsync(_shared, isLast: false);
                await SendAsync(_buffer.AsMemory(_sharedAt, _length - _sharedAt), isLast: true);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The viewer is gone. SignalR learns it from the receiving side; its messages are dropped until then.
            _isOver = true;
        }
        finally
        {
            _shared = default;
            Release();
        }

        return new FlushResult(isCanceled: false, isCompleted: _isOver);
    }

    // A send that hangs ends with the connection.
    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null) => _isOver = true;

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, bool isLast)
    {
        for (var start = 0; start < bytes.Length && !_isOver;)
        {
            var end = Math.Min(start + MaxPartBytes, bytes.Length);
            var endOfMessage = isLast && end == bytes.Length;
            // No token, which would cost a registration each time: a send that hangs ends with the connection.
            await InTimeAsync(socket.SendAsync(bytes[start..end], WebSocketMessageType.Text, endOfMessage, CancellationToken.None));
            start = end;
        }
    }

    private async ValueTask InTimeAsync(ValueTask sending)
    {
        if (sending.IsCompleted)
        {
            await sending;
            return;
        }

        var sent = sending.AsTask();
        try
        {
            await sent.WaitAsync(sendTimeout, time);
        }
        catch (TimeoutException)
        {
            _isOver = true;
            onStalled();
            ending.Name(ErrorCodes.Stalled);
            // The send ends when the viewer reads again, or with the connection.
            await sent;
        }
        finally
        {
            // The viewer's loop continues from here, and this may be the thread of all sockets.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private void Reserve(int sizeHint)
    {
        if (_buffer.Length - _length >= Math.Max(sizeHint, 1))
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + Math.Max(sizeHint, MinBufferBytes), _buffer.Length * 2));
        var length = _length;
        _buffer.AsSpan(0, length).CopyTo(larger);
        Release();
        (_buffer, _length) = (larger, length);
    }

    private void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);

        (_buffer, _length) = ([], 0);
    }
}
