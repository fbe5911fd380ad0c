using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Swarms.Hub.Testing;

/// <summary>One connection of a <see cref="RawUpstream"/>. Texts are Latin-1: one character is one byte.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket socket;
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RawConnection(Socket socket)
    {
        this.socket = socket;
        socket.NoDelay = true;
    }

    /// <summary>The request, head and body.</summary>
    public string Request { get; private set; } = "";

    /// <summary>Completes when the other side has closed the connection, in whatever way.</summary>
    public Task Closed => closed.Task;

    /// <summary>What has been sent and taken in by the system.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Reads the request to its end, and from then on watches for the end of the connection.</summary>
    public async Task ReadRequestAsync()
    {
        var read = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(read.ToString()))
        {
            var count = await socket.ReceiveAsync(buffer).InTime();
            if (count == 0) throw new InvalidOperationException("The connection was closed within the request.");
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Request = read.ToString();
        Watch();
    }

    /// <summary>Watches for the end of a connection whose bytes mean nothing.</summary>
    public void Watch() => _ = WatchAsync();

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = await socket.SendAsync(bytes);
            BytesSent += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Sends that again and again until the other side has had enough.</summary>
    public async Task SendForeverAsync(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        try
        {
            while (!closed.Task.IsCompleted)
            {
                await SendAsync(bytes);
            }
        }
        catch (SocketException)
        {
            // It has.
        }
    }

    /// <summary>Sends a text at once, and then a byte of another now and then until the other side has had enough.</summary>
    public async Task TrickleAsync(string first, string then)
    {
        await SendAsync(first);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            for (var i = 0; !closed.Task.IsCompleted && await timer.WaitForNextTickAsync(); i++)
            {
                await SendAsync(then[(i % then.Length)..][..1]);
            }
        }
        catch (SocketException)
        {
            // It has.
        }
    }

    /// <summary>Ends the connection as a crashed server's system does. What the other side has not read yet is lost.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Closes the sending half only.</summary>
    public void HalfClose() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0) return false;
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
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Reset, by either side.
        }

        closed.TrySetResult();
    }
}
