using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.Testing;

/// <summary>
/// An upstream that is a plain socket: the test decides each byte that it sends, and when. It accepts only connections that the test
/// asks for.
/// </summary>
public sealed class RawUpstream : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawUpstream() => _listener.Start();

    /// <summary>Returns the address for requests; it never speaks TLS, not even with https.</summary>
    public Uri Address(string scheme = "http") => new($"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>True if there is a connection that the test has not accepted yet.</summary>
    public bool HasCaller => _listener.Pending();

    /// <summary>Accepts the next connection.</summary>
    public async Task<RawConnection> AcceptAsync() => new(await _listener.AcceptSocketAsync().InTime());

    /// <summary>Accepts the next connection and reads its whole request.</summary>
    public async Task<RawConnection> AcceptRequestAsync()
    {
        var connection = await AcceptAsync();
        await connection.ReadRequestAsync();
        return connection;
    }

    public void Dispose() => _listener.Dispose();
}
