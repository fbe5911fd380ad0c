using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>
/// One viewer: a bare socket that speaks just enough WebSocket. It reads on the generator's one socket thread, without a task or an
/// allocation for each read.
/// </summary>
internal sealed class ViewerConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receiving = new();
    private readonly TaskCompletionSource<int> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Dialect _dialect;
    private readonly Gauge _gauge;
    private readonly ReadingHabit _habit;
    private readonly MessageReader _reader;
    private readonly byte[] _cursor = new byte[64];
    private readonly Lock _reading = new();
    private int _cursorLength;

    public ViewerConnection(Dialect dialect, FeedChecker checker, Gauge gauge, ReadingHabit habit)
    {
        (_dialect, Checker, _gauge, _habit) = (dialect, checker, gauge, habit);
        _reader = new MessageReader(dialect, this);
        _receiving.Completed += (_, _) => OnReceived();
        if (habit != ReadingHabit.Healthy)
            // A small buffer, or the kernel's own would hide a slow viewer from the server for a minute.
            _socket.ReceiveBufferSize = 16_384;
    }

    public FeedChecker Checker { get; }

    public string? Cursor => _cursorLength == 0 ? null : Encoding.ASCII.GetString(_cursor, 0, _cursorLength);

    /// <summary>The reason why the connection ended; null while it is open.</summary>
    public string? Ended { get; private set; }

    /// <summary>Connects, greets and waits for the first frame. Returns the number of its bytes.</summary>
    public async Task<int> OpenAsync(IPEndPoint address, Seat seat, string? cursor, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(address, cancellationToken);
        var authorization = seat.Token is null ? "" : $"Authorization: Bearer {seat.Token}\r\n";
        var request = $"GET {_dialect.PathOf(seat)} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{authorization}\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        await ReadUpgradeAsync(cancellationToken);
        foreach (var text in _dialect.Greet(seat, cursor))
            await _socket.SendAsync(Dialect.TextFrame(text), cancellationToken);

        if (_dialect is PlainDialect)
            HasOpened(0);

        Receive();
        return await _opened.Task.WaitAsync(cancellationToken);
    }

    public void HasOpened(int bytes) => _opened.TrySetResult(bytes);

    public void SetCursor(ReadOnlySpan<byte> cursor)
    {
        cursor.CopyTo(_cursor);
        _cursorLength = cursor.Length;
    }

    public void Send(ReadOnlyMemory<byte> frame)
    {
        try
        {
            _socket.Send(frame.Span);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Fail($"could not send: {e.Message}");
        }
    }

    public void KeepAlive()
    {
        if (Ended is null && _opened.Task.IsCompletedSuccessfully && !_dialect.KeepAlive.IsEmpty)
            Send(_dialect.KeepAlive);
    }

    /// <summary>Ends a connection that failed.</summary>
    public void Fail(string what)
    {
        if (Ended is not null || _disposed.IsCancellationRequested)
            return;

        Ended = what;
        _opened.TrySetException(new IOException($"The viewer {what}."));
        if (_habit == ReadingHabit.Healthy)
            _gauge.Fault($"A viewer {what}.");
    }

    /// <summary>Reads the socket of a stalled viewer to its end and returns the reason why it ended; null if it is open.</summary>
    public string? FindEnd()
    {
        try
        {
            var rest = new byte[65_536];
            _socket.Blocking = false;
            while (Ended is null && _habit == ReadingHabit.Stalled)
            {
                if (_socket.Receive(rest) == 0)
                    return "was closed by the server";
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
        {
            // The socket is empty and still open.
        }
        catch (SocketException e)
        {
            return $"was cut off: {e.SocketErrorCode}";
        }

        return Ended;
    }

    /// <summary>Stops reading. After it returns, <see cref="Cursor"/> is the place where the viewer stopped.</summary>
    public void Dispose()
    {
        lock (_reading)
            _disposed.Cancel();

        _socket.Dispose();
    }

    private async Task ReadUpgradeAsync(CancellationToken cancellationToken)
    {
        var answer = new List<byte>();
        var one = new byte[1];
        // The head is read byte by byte, because the bytes after it belong to the frames.
        while (!answer.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await _socket.ReceiveAsync(one, cancellationToken) == 0)
                throw new IOException("The server hung up on a viewer.");

            answer.Add(one[0]);
        }

        var head = Encoding.ASCII.GetString([.. answer]);
        if (!head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new IOException($"The server refused a viewer: {head}");
    }

    private void Receive()
    {
        do
        {
            if (_opened.Task.IsCompletedSuccessfully && _habit == ReadingHabit.Stalled)
                return;

            if (_opened.Task.IsCompletedSuccessfully && _habit == ReadingHabit.Trickling)
            {
                _ = TrickleAsync();
                return;
            }

            if (_disposed.IsCancellationRequested)
                return;

            _receiving.SetBuffer(_reader.Free);
        }
        while (!TryReceive() && HasRead());
    }

    private bool TryReceive()
    {
        try
        {
            return _socket.ReceiveAsync(_receiving);
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private void OnReceived()
    {
        if (HasRead())
            Receive();
    }

    private bool HasRead()
    {
        if (_receiving.SocketError != SocketError.Success || _receiving.BytesTransferred == 0)
        {
            Fail($"was cut off: {_receiving.SocketError}");
            return false;
        }

        lock (_reading)
        {
            if (_disposed.IsCancellationRequested)
                return false;

            _reader.Advance(_receiving.BytesTransferred);
        }

        return true;
    }

    private async Task TrickleAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await timer.WaitForNextTickAsync(_disposed.Token))
            {
                var free = _reader.Free;
                var count = await _socket.ReceiveAsync(free[..Math.Min(100, free.Length)], _disposed.Token);
                if (count == 0)
                    throw new IOException("the server hung up");

                _reader.Advance(count);
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Fail($"was cut off: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
