using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Swarms.Hub.Testing;

/// <summary>One connection of a <see cref="RawUpstream"/>. Texts are Latin-1, so that one character is one byte.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RawConnection(Socket socket)
    {
        _socket = socket;
        socket.NoDelay = true;
    }

    /// <summary>The request, head and body.</summary>
    public string Request { get; private set; } = "";

    /// <summary>Completes when the other side has closed the connection in any way.</summary>
    public Task Closed => _closed.Task;

    /// <summary>The bytes that the system has accepted for sending.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Reads the request to its end and then watches for the end of the connection.</summary>
    public async Task ReadRequestAsync()
    {
        var read = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(read.ToString()))
        {
            var count = await _socket.ReceiveAsync(buffer).InTime();
            if (count == 0)
                throw new InvalidOperationException("The connection was closed within the request.");

            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Request = read.ToString();
        Watch();
    }

    /// <summary>Watches for the end of a connection and ignores its bytes.</summary>
    public void Watch() => _ = WatchAsync();

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = await _socket.SendAsync(bytes);
            BytesSent += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Sends the text again and again until the other side closes the connection.</summary>
    public async Task SendForeverAsync(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        try
        {
            while (!_closed.Task.IsCompleted)
                await SendAsync(bytes);
        }
        catch (SocketException)
        {
            // The other side closed the connection.
        }
    }

    /// <summary>Sends a text at once, and then a byte of another every 50 ms until the other side closes the connection.</summary>
    public async Task TrickleAsync(string first, string then)
    {
        await SendAsync(first);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            for (var i = 0; !_closed.Task.IsCompleted && await timer.WaitForNextTickAsync(); i++)
                await SendAsync(then[(i % then.Length)..][..1]);
        }
        catch (SocketException)
        {
            // The other side closed the connection.
        }
    }

    /// <summary>
    /// Resets the connection as the system of a crashed server does. The other side loses everything that it has not read.
    /// </summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>Closes the sending half only.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return false;

        const string Length = "content-length: ";
        var at = request.IndexOf(Length, StringComparison.OrdinalIgnoreCase) + Length.Length;
        var length = int.Parse(request[at..request.IndexOf('\r', at)], CultureInfo.InvariantCulture);
        return request.Length >= head + 4 + length;
    }

    private async Task WatchAsync()
    {
        var buffer = new byte[1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Either side reset the connection.
        }

        _closed.TrySetResult();
    }
}
