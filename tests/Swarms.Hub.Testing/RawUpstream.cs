using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.Testing;

/// <summary>
/// An upstream that is a socket and nothing else: what it says, byte for byte, and when it says it, is the test's. It takes no
/// connection that the test has not asked for.
/// </summary>
public sealed class RawUpstream : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public RawUpstream() => listener.Start();

    /// <summary>Where to send requests; with https nobody there speaks TLS.</summary>
    public Uri Address(string scheme = "http") => new($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>True where somebody has connected whom the test has not taken yet.</summary>
    public bool HasCaller => listener.Pending();

    /// <summary>The next connection.</summary>
    public async Task<RawConnection> AcceptAsync() => new(await listener.AcceptSocketAsync().InTime());

    /// <summary>The next connection, with the whole request that came over it.</summary>
    public async Task<RawConnection> AcceptRequestAsync()
    {
        var connection = await AcceptAsync();
        await connection.ReadRequestAsync();
        return connection;
    }

    public void Dispose() => listener.Dispose();
}
