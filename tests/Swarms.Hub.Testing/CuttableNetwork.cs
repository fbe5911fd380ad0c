using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.Testing;

/// <summary>
/// The network between a client and a hub, as a TCP relay: it can break its connections (also again and again, as some proxies
/// do), stay down, fall silent, or swallow everything, each without a goodbye to anybody. (A browser's own offline switch leaves open WebSockets alone.)
/// </summary>
public sealed class CuttableNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly HashSet<Socket> _silenced = [];
    private readonly Uri _hub;
    private readonly Task _accepting;
    private bool _isDown;
    private bool _isSwallowing;

    /// <summary>Opens a port before that hub.</summary>
    public CuttableNetwork(Uri hub)
    {
        _hub = hub;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where the client finds the hub.</summary>
    public Uri Address { get; }

    /// <summary>Breaks the connections of now; new ones are made as if nothing had been.</summary>
    public void Break()
    {
        lock (_lock)
        {
            foreach (var connection in _open)
                connection.Close(timeout: 0);

            _open.Clear();
        }
    }

    /// <summary>Breaks the connections of now after each such time, until what it gives is disposed.</summary>
    public IDisposable BreakEvery(TimeSpan period) => TimeProvider.System.CreateTimer(_ => Break(), null, period, period);

    /// <summary>Breaks the connections of now, and new ones at once, until <see cref="Mend"/>.</summary>
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

    /// <summary>What the connections of now carry is lost from here on, as when a telephone changes its network.</summary>
    public void Silence()
    {
        lock (_lock)
            _silenced.UnionWith(_open);
    }

    /// <summary>As <see cref="Silence"/>, and new connections open and carry nothing either, until <see cref="Mend"/>: a server that is gone without a word.</summary>
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
                await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (IsBroken(e))
        {
            // Cut, or never there.
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

    private async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            for (int read; (read = await from.ReceiveAsync(buffer, _stopping.Token)) > 0;)
            {
                if (!IsSilenced(to))
                    await SendAsync(to, buffer.AsMemory(0, read));
            }

            // A goodbye is lost like everything else.
            if (IsSilenced(to))
                await Task.Delay(Timeout.Infinite, _stopping.Token);
        }
        catch (Exception e) when (IsBroken(e))
        {
            // Cut.
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

    private static bool IsBroken(Exception e) => e is SocketException or IOException or OperationCanceledException or ObjectDisposedException;
}
