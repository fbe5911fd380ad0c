using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.Browser;

/// <summary>
/// The network between one browser and the hub, which can be cut: a browser's own offline switch leaves open WebSockets alone.
/// </summary>
internal sealed class BrokenNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private readonly ConcurrentDictionary<Socket, bool> _lost = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _hub;
    private readonly Task _accepting;
    private volatile bool _isCut;

    public BrokenNetwork(Uri hub)
    {
        _hub = hub;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where the browser finds the hub.</summary>
    public Uri Address { get; }

    /// <summary>Ends all connections; new ones end at once.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var (browser, hub) in _pairs)
            Close(browser, hub);
    }

    public void Mend() => _isCut = false;

    /// <summary>What the connections of now carry is lost without a word, as when a telephone changes its network.</summary>
    public void LoseOpenConnections()
    {
        foreach (var pair in _pairs)
            _lost.TryAdd(pair.Key, true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptSocketAsync(_stopping.Token);
                if (_isCut)
                    browser.Dispose();
                else
                    _ = ConnectAsync(browser);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ConnectAsync(Socket browser)
    {
        var hub = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        browser.NoDelay = true;
        _pairs[browser] = hub;
        try
        {
            await hub.ConnectAsync(IPAddress.Loopback, _hub.Port, _stopping.Token);
            await Task.WhenAny(CopyAsync(browser, hub, browser), CopyAsync(hub, browser, browser));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either end hung up.
        }
        finally
        {
            Close(browser, hub);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Socket browser)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var count)
            {
                if (!_lost.ContainsKey(browser))
                    await to.SendAsync(buffer.AsMemory(0, count), _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either end hung up.
        }
    }

    private void Close(Socket browser, Socket hub)
    {
        _pairs.TryRemove(browser, out _);
        browser.Dispose();
        hub.Dispose();
    }
}
