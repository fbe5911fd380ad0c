using System.Net;
using System.Net.Sockets;
using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>Opens client connections whose kernel buffers only a few kilobytes ahead of the reader.</summary>
internal static class SlowSocket
{
    /// <summary>Sends a request and reads only the head of its answer.</summary>
    public static Task<NetworkStream> RequestAsync(Caller caller, string path, params (string Name, string Value)[] headers) =>
        RequestAsync("1.1", caller, path, headers);

    /// <summary>Does the same for a body that is not chunked.</summary>
    public static Task<NetworkStream> RequestPlainAsync(Caller caller, string path, params (string Name, string Value)[] headers) =>
        RequestAsync("1.0", caller, path, headers);

    /// <summary>Reads the rest until the hub has ended the connection in any way.</summary>
    public static async Task EndedAsync(this NetworkStream stream)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken).InTime() > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset also ends the connection.
        }
    }

    private static async Task<NetworkStream> RequestAsync(string version, Caller caller, string path, (string Name, string Value)[] headers)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4096,
            NoDelay = true,
        };
        await socket.ConnectAsync(IPAddress.Loopback, caller.Address.Port, TestContext.Current.CancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        var request = new StringBuilder(
            $"GET {path} HTTP/{version}\r\nHost: {caller.Address.Authority}\r\nAuthorization: Bearer {caller.Token}\r\n");
        foreach (var (name, value) in headers)
            request.Append(name).Append(": ").Append(value).Append("\r\n");

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request}\r\n"), TestContext.Current.CancellationToken);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken).AsTask().InTime();
            head.Append((char)one[0]);
        }

        Assert.Matches("^HTTP/1.1 (101|200) ", head.ToString());
        return stream;
    }
}
