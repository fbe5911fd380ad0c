using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Swarms.Hub.Support;

/// <summary>
/// The network between a hub and PostgreSQL. It can lose the answer to a statement that the server has executed, and it can lead to
/// another server.
/// </summary>
public sealed class LosingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Task _accepting;
    private int _server;
    private byte[]? _statement;

    public LosingRelay(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The answers that were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Loses the answer to the next statement with this text: the server executes it, and then the connection is cut.</summary>
    public void LoseAnswerTo(string statement)
    {
        lock (_lock)
            _statement = Encoding.ASCII.GetBytes(statement);
    }

    /// <summary>Leads to another server from now on. Cuts the connections to this one.</summary>
    public void LeadTo(int server)
    {
        lock (_lock)
        {
            _server = server;
            foreach (var socket in _open)
                socket.Close(timeout: 0);

            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        LeadTo(0);
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
            int server;
            lock (_lock)
            {
                server = _server;
                _open.Add(near);
                _open.Add(far);
            }

            await far.ConnectAsync(IPAddress.Loopback, server, _stopping.Token);
            var loses = new bool[1];
            await Task.WhenAny(AskAsync(near, far, loses), AnswerAsync(far, near, loses));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection was cut, or the server is not there.
        }
        finally
        {
            near.Dispose();
        }
    }

    private async Task AskAsync(Socket near, Socket far, bool[] loses)
    {
        var buffer = new byte[65_536];
        while (await near.ReceiveAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            lock (_lock)
            {
                if (_statement is { } statement && buffer.AsSpan(0, read).IndexOf(statement) >= 0)
                    (_statement, loses[0]) = (null, true);
            }

            await far.SendAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }

    private async Task AnswerAsync(Socket far, Socket near, bool[] loses)
    {
        var buffer = new byte[65_536];
        while (await far.ReceiveAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            if (loses[0])
            {
                Lost++;
                near.Close(timeout: 0);
                return;
            }

            await near.SendAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
