using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>
/// A viewer over a bare WebSocket that reads only when the test says so, but keeps sending keep-alives as every SignalR client does. It
/// folds the events and fails at a gap or a repetition.
/// </summary>
internal sealed class SlowViewer : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly NetworkStream _stream;
    private readonly WebSocket _socket;
    private readonly CancellationTokenSource _left = new();
    private readonly MemoryStream _unread = new();
    private readonly Task _keepingAlive;
    private RoomState? _state;

    private SlowViewer(NetworkStream stream)
    {
        _stream = stream;
        _socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false });
        _keepingAlive = KeepAliveAsync();
    }

    /// <summary>The cursor after the last frame that it has read.</summary>
    public string? Cursor { get; private set; }

    /// <summary>The kinds, or for snapshots the reasons, of the frames that it has read.</summary>
    public List<string> Frames { get; } = [];

    /// <summary>The events that it has read one by one.</summary>
    public List<RoomEvent> Events { get; } = [];

    public static async Task<SlowViewer> JoinAsync(MemberCaller member, string? cursor = null)
    {
        var viewer = new SlowViewer(await SlowSocket.RequestAsync(
            member, "/hub", ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")));
        await viewer.SendAsync("""{"protocol":"json","version":1}""");
        await viewer.SendAsync(
            JsonSerializer.Serialize(
                new { type = 4, invocationId = "1", target = "WatchRoom", arguments = new[] { member.Room, cursor } }));
        await viewer.ReadUntilAsync(() => viewer.Frames.Count > 0);
        return viewer;
    }

    public Run? FindRun(string id) => _state?.FindRun(id)?.ToRun();

    /// <summary>Reads up to <paramref name="count"/> bytes in one read and takes the frames that they complete.</summary>
    public async Task ReadAsync(int count)
    {
        var buffer = new byte[count].AsMemory();
        var read = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).InTime();
        if (read.MessageType == WebSocketMessageType.Close)
            throw new InvalidOperationException("The hub closed the connection.");

        _unread.Write(buffer.Span[..read.Count]);
        TakeRecords();
    }

    public async Task ReadUntilAsync(Func<bool> condition)
    {
        while (!condition())
            await ReadAsync(65_536);
    }

    /// <summary>Reads to the end of a run.</summary>
    public async Task<Run> EndOfAsync(string run)
    {
        await ReadUntilAsync(() => FindRun(run) is { EndedAt: not null });
        return FindRun(run)!;
    }

    /// <summary>Reads until the hub's close frame and does not answer it; returns the close code and its reason.</summary>
    public async Task<(int Code, string? Reason)> ClosedAsync()
    {
        var buffer = new byte[65_536].AsMemory();
        ValueWebSocketReceiveResult received;
        do
            received = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).InTime();
        while (received.MessageType != WebSocketMessageType.Close);

        return ((int)_socket.CloseStatus!, _socket.CloseStatusDescription);
    }

    /// <summary>Waits until the hub has ended the connection.</summary>
    public Task EndedAsync() => _stream.EndedAsync();

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _keepingAlive;
        _socket.Dispose();
        await _stream.DisposeAsync();
        _unread.Dispose();
        _left.Dispose();
    }

    private void TakeRecords()
    {
        var bytes = _unread.ToArray().AsSpan();
        for (var end = bytes.IndexOf(RecordSeparator); end >= 0; end = bytes.IndexOf(RecordSeparator))
        {
            Take(JsonElement.Parse(bytes[..end]));
            bytes = bytes[(end + 1)..];
        }

        var rest = bytes.ToArray();
        _unread.SetLength(0);
        _unread.Write(rest);
    }

    private void Take(JsonElement record)
    {
        if (!record.TryGetProperty("type", out var type) || type.GetInt32() != 2)
        {
            Assert.False(record.TryGetProperty("error", out var error), error.ToString());
            return;
        }

        var frame = record.GetProperty("item").Deserialize<RoomFrame>(ProtocolJson.Options)!;
        if (frame.Kind == FrameKinds.Snapshot)
            _state = new RoomState(frame);

        var last = Sequence(Cursor);
        foreach (var roomEvent in frame.Events ?? [])
        {
            Assert.Equal(++last, roomEvent.Sequence);
            _state?.Apply(roomEvent);
            Events.Add(roomEvent);
        }

        Cursor = frame.Cursor;
        Frames.Add(frame.Reason ?? frame.Kind);
    }

    private async Task KeepAliveAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
            while (await timer.WaitForNextTickAsync(_left.Token))
                await SendAsync("""{"type":6}""");
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The viewer left, or the hub ended it.
        }
    }

    private Task SendAsync(string record) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes($"{record}\u001e"), WebSocketMessageType.Text, endOfMessage: true, _left.Token);

    private static long Sequence(string? cursor) => RoomCursor.TryParse(cursor, out var parsed) ? parsed.Sequence : 0;
}
