using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>A caller of a Swarms door that sees the bytes: one HTTP/1.1 connection, kept open between calls.</summary>
internal sealed class DoorConnection : IDisposable
{
    private readonly TcpClient _socket = new() { NoDelay = true };
    // The reader makes one character of each byte, so that lengths count bytes.
    private StreamReader _reader = null!;

    public static async Task<DoorConnection> OpenAsync(Uri hub)
    {
        var connection = new DoorConnection();
        await connection._socket.ConnectAsync(hub.Host, hub.Port, TestContext.Current.CancellationToken);
        connection._reader = new StreamReader(connection._socket.GetStream(), Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        return connection;
    }

    public Task<DoorAnswer> AskAsync(string path, string token, string body, params (string Name, string Value)[] headers) =>
        AskAsync(path, token, Encoding.UTF8.GetBytes(body), headers);

    /// <summary>Sends a request and reads the answer's head. Read its body from the answer before the next call.</summary>
    public async Task<DoorAnswer> AskAsync(string path, string token, byte[] body, params (string Name, string Value)[] headers)
    {
        await SendAsync(path, token, body, headers);
        return await DoorAnswer.ReadAsync(_reader).InTime();
    }

    /// <summary>Sends a request without waiting for the answer.</summary>
    public Task SendAsync(string path, string token, string body) => SendAsync(path, token, Encoding.UTF8.GetBytes(body), []);

    /// <summary>Reads the head of the answer to a request that was sent.</summary>
    public Task<DoorAnswer> ReadAsync() => DoorAnswer.ReadAsync(_reader).InTime();

    public void Dispose()
    {
        _socket.Dispose();
        _reader?.Dispose();
    }

    private async Task SendAsync(string path, string token, byte[] body, (string Name, string Value)[] headers)
    {
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {token}\r\n");
        foreach (var (name, value) in headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        await _socket.GetStream()
            .WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head.ToString()), .. body], TestContext.Current.CancellationToken);
    }
}
