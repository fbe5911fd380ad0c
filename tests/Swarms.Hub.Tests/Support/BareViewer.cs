using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A viewer over a bare WebSocket. It reads until the hub closes, and answers the close frame as a client must.</summary>
internal sealed class BareViewer : IDisposable
{
    private const char RecordSeparator = '\u001e';

    private readonly ClientWebSocket _socket = new();

    /// <summary>Every record that it received, in order.</summary>
    public List<JsonElement> Records { get; } = [];

    /// <summary>The same records, by the WebSocket message in which they came.</summary>
    public List<IReadOnlyList<JsonElement>> Messages { get; } = [];

    /// <summary>Watches the rooms. Returns when each stream has begun.</summary>
    public static async Task<BareViewer> WatchAsync(Uri hub, (string Name, string Value) credentials, params string[] rooms)
    {
        var viewer = new BareViewer();
        viewer._socket.Options.SetRequestHeader(credentials.Name, credentials.Value);
        viewer._socket.Options.SetRequestHeader("Origin", hub.GetLeftPart(UriPartial.Authority));
        await viewer._socket.ConnectAsync(new UriBuilder(new Uri(hub, "/hub")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken)
            .InTime();
        await viewer.SendAsync("""{"protocol":"json","version":1}""");
        foreach (var room in rooms)
        {
            await viewer.SendAsync(
                JsonSerializer.Serialize(new { type = 4, invocationId = room, target = "WatchRoom", arguments = new[] { room, null } }));
        }

        while (viewer.ItemsOf(rooms) < rooms.Length)
            Assert.True(await viewer.ReadAsync());

        return viewer;
    }

    /// <summary>Reads until the hub closes; returns the close code and its reason.</summary>
    public async Task<(int Code, string? Reason)> ClosedAsync()
    {
        while (await ReadAsync())
        {
        }

        return ((int)_socket.CloseStatus!, _socket.CloseStatusDescription);
    }

    /// <summary>Reads until the stream has ended; returns the error of its completion.</summary>
    public async Task<string> EndOfAsync(string room)
    {
        while (CompletionOf(room) is null)
            Assert.True(await ReadAsync(), "The connection was closed before the stream's end.");

        return CompletionOf(room)!;
    }

    public string? CompletionOf(string room) => Records
        .Where(
            record => record.TryGetProperty("type", out var type)
                && type.GetInt32() == 3
                && record.GetProperty("invocationId").GetString() == room)
        .Select(record => record.GetProperty("error").GetString())
        .FirstOrDefault();

    /// <summary>Reads until the call is answered, and requires that it succeeded.</summary>
    public async Task AnsweredAsync(string invocationId)
    {
        while (!Records.Any(IsCompletion))
            Assert.True(await ReadAsync(), "The connection was closed before the answer.");

        Assert.False(Records.First(IsCompletion).TryGetProperty("error", out var error), error.ToString());

        bool IsCompletion(JsonElement record) =>
            record.TryGetProperty("type", out var type)
            && type.GetInt32() == 3
            && record.GetProperty("invocationId").GetString() == invocationId;
    }

    /// <summary>Calls a method with arguments as they are in JSON; returns the error of its completion, null where it succeeded.</summary>
    public async Task<string?> CallAsync(string method, string arguments)
    {
        var id = $"call{Records.Count}";
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""");
        while (!Records.Any(IsCompletion))
            Assert.True(await ReadAsync(), "The connection was closed before the answer.");

        return Records.First(IsCompletion).TryGetProperty("error", out var error) ? error.GetString() : null;

        bool IsCompletion(JsonElement record) =>
            record.TryGetProperty("invocationId", out var invocation) && invocation.GetString() == id;
    }

    /// <summary>Reads until this number of the room's frames has arrived.</summary>
    public async Task FramesOfAsync(string room, int count)
    {
        while (ItemsOf([room]) < count)
            Assert.True(await ReadAsync(), "The connection was closed before the frame.");
    }

    /// <summary>Reads until this number of pings has arrived.</summary>
    public async Task PingsAsync(int count)
    {
        while (Records.Count(record => record.TryGetProperty("type", out var type) && type.GetInt32() == 6) < count)
            Assert.True(await ReadAsync(), "The connection was closed before the ping.");
    }

    public void Dispose() => _socket.Dispose();

    private int ItemsOf(string[] rooms) => Records.Count(record =>
        record.TryGetProperty("type", out var type)
            && type.GetInt32() == 2
            && rooms.Contains(record.GetProperty("invocationId").GetString()));

    private async Task<bool> ReadAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[65_536];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken).AsTask().InTime();
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
                return false;
            }

            message.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);

        Messages.Add([
            .. Encoding.UTF8.GetString(message.ToArray()).Split(RecordSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(record => JsonElement.Parse(record)),
        ]);
        Records.AddRange(Messages[^1]);
        return true;
    }

    public Task SendAsync(string record) =>
        _socket.SendAsync(
            Encoding.UTF8.GetBytes($"{record}{RecordSeparator}"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
}
