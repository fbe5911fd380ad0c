using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>A TCP proxy whose connections a test can cut, or silence, as networks do: without a goodbye to anybody.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Socket> _open = [];
    private readonly HashSet<Socket> _silenced = [];
    private readonly Uri _target;
    private readonly Task _accepting;

    public CuttableProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public void Cut()
    {
        lock (_open)
        {
            foreach (var connection in _open)
                connection.Close(timeout: 0);

            _open.Clear();
        }
    }

    /// <summary>Nothing arrives any more on the connections that are open now, and nobody is told.</summary>
    public void Silence()
    {
        lock (_open)
            _silenced.UnionWith(_open);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
                relays.Add(RelayAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        finally
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(_target.Host, _target.Port, _stop.Token);
            lock (_open)
                _open.UnionWith([near, far]);

            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, or never there.
        }
        finally
        {
            lock (_open)
                _open.ExceptWith([near, far]);

            near.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            for (int read; (read = await from.ReceiveAsync(buffer, _stop.Token)) > 0;)
            {
                if (!IsSilenced(to))
                    await SendAsync(to, buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, _stop.Token)..];
    }

    private bool IsSilenced(Socket connection)
    {
        lock (_open)
            return _silenced.Contains(connection);
    }
}
