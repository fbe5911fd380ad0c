using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.Testing;

/// <summary>
/// The network between a client and a hub, as a TCP relay. It can break its connections (also again and again, as some proxies do), stay
/// down, fall silent, or swallow everything, each without closing properly. It can pass no WebSockets, as many proxies do. A browser's own
/// offline switch leaves open WebSockets alone.
/// </summary>
public sealed class CuttableNetwork : IAsyncDisposable
{
    private static readonly byte[] Upgrade = "Upgrade: websocket"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly HashSet<Socket> _silenced = [];
    private readonly Uri _hub;
    private readonly Task _accepting;
    private bool _isDown;
    private bool _isSwallowing;

    /// <summary>Opens a port that relays to the hub.</summary>
    public CuttableNetwork(Uri hub)
    {
        _hub = hub;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>False: it takes the wish for a WebSocket out of requests, as a proxy does that knows none.</summary>
    public bool PassesWebSockets { get; init; } = true;

    /// <summary>The address for the client.</summary>
    public Uri Address { get; }

    /// <summary>Breaks the present connections; new ones work.</summary>
    public void Break()
    {
        lock (_lock)
        {
            foreach (var connection in _open)
                connection.Close(timeout: 0);

            _open.Clear();
        }
    }

    /// <summary>Breaks the present connections after each period, until the returned object is disposed.</summary>
    public IDisposable BreakEvery(TimeSpan period) => TimeProvider.System.CreateTimer(_ => Break(), null, period, period);

    /// <summary>Breaks the present connections, and new ones at once, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_lock)
            _isDown = true;

        Break();
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend()
    {
        lock (_lock)
            _isDown = _isSwallowing = false;
    }

    /// <summary>Loses everything on the present connections from now on, as when a telephone changes its network.</summary>
    public void Silence()
    {
        lock (_lock)
            _silenced.UnionWith(_open);
    }

    /// <summary>
    /// Does what <see cref="Silence"/> does, and new connections open but carry nothing, until <see cref="Mend"/>. So behaves a server that
    /// vanished.
    /// </summary>
    public void Swallow()
    {
        lock (_lock)
            _isSwallowing = true;

        Silence();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Break();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
                relays.Add(RelayAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        finally
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(_hub.Host, _hub.Port, _stopping.Token);
            if (Opens(near, far))
                await Task.WhenAny(CopyAsync(near, far, PassesWebSockets ? null : Upgrade), CopyAsync(far, near, null));
        }
        catch (Exception e) when (IsBroken(e))
        {
            // The connection was cut, or the hub is not there.
        }
        finally
        {
            lock (_lock)
                _open.ExceptWith([near, far]);

            near.Dispose();
        }
    }

    private bool Opens(Socket near, Socket far)
    {
        lock (_lock)
        {
            if (!_isDown)
                _open.UnionWith([near, far]);

            if (_isSwallowing)
                _silenced.UnionWith([near, far]);

            return !_isDown;
        }
    }

    private async Task CopyAsync(Socket from, Socket to, byte[]? unwanted)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            for (int read; (read = await from.ReceiveAsync(buffer, _stopping.Token)) > 0;)
            {
                // A request's headers come in one piece here.
                if (unwanted is not null && buffer.AsSpan(0, read).IndexOf(unwanted) is var place && place >= 0)
                    buffer[place] = (byte)'X';

                if (!IsSilenced(to))
                    await SendAsync(to, buffer.AsMemory(0, read));
            }

            // A close is lost like everything else.
            if (IsSilenced(to))
                await Task.Delay(Timeout.Infinite, _stopping.Token);
        }
        catch (Exception e) when (IsBroken(e))
        {
            // The connection was cut.
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, _stopping.Token)..];
    }

    private bool IsSilenced(Socket connection)
    {
        lock (_lock)
            return _silenced.Contains(connection);
    }

    private static bool IsBroken(Exception e) =>
        e is SocketException or IOException or OperationCanceledException or ObjectDisposedException;
}
