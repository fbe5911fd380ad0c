using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Swarms.Hub.Client.Tests.Fakes;

/// <summary>A proxy that answers every request with one status, or, with 200, opens the tunnel that it is asked for.</summary>
internal sealed class FakeProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _status;
    private readonly Task _accepting;
    private int _requests;

    public FakeProxy(int status)
    {
        _status = status;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var near = client.GetStream();
            var head = await ReadHeadAsync(near);
            Interlocked.Increment(ref _requests);
            await near.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {_status} Status\r\n{(_status == 200 ? "" : "Content-Length: 0\r\n")}\r\n"), _stop.Token);
            if (_status != 200)
                return;

            var target = head.Split(' ')[1].Split(':');
            using var hub = new TcpClient();
            await hub.ConnectAsync(target[0], int.Parse(target[1], null), _stop.Token);
            var far = hub.GetStream();
            await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) > 0)
            head.Append((char)buffer[0]);

        return head.ToString();
    }
}
