using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>
/// Posts a room's events over one connection, one after the other without waiting for the answers. That keeps the order and the test's own
/// cost small.
/// </summary>
internal sealed class NchanPublisher(IPEndPoint address, string room) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HttpClient _http = new();
    private readonly string _run = Guid.CreateVersion7().ToString("n")[..26];
    private Socket? _socket;
    private long _sequence;

    public async Task RelayAsync(Uri upstream)
    {
        if (_socket is null)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(address);
            _ = DrainAsync(_socket);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, upstream) { Content = new StringContent("{}") };
        _ = ReadAsync(await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    public void Dispose()
    {
        _http.Dispose();
        _socket?.Dispose();
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        using var answer = response;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {\"content\"", StringComparison.Ordinal))
                Post(line[6..]);
        }
    }

    private void Post(string chunk)
    {
        lock (_lock)
        {
            var body = $"{{\"sequence\":{++_sequence},\"at\":\"2026-01-01T12:00:00.000Z\","
                + $"\"type\":\"chunk\",\"run\":\"{_run}\",\"data\":{chunk}}}";
            _socket!.Send(
                Encoding.ASCII.GetBytes(
                    $"POST /publish?room={room} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        }
    }

    private static async Task DrainAsync(Socket socket)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                // The answers say nothing that the viewers do not show.
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
