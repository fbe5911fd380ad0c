using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>
/// A viewer over server-sent events that reads only when the test says so. It folds the events and fails at a gap or a repetition. Its
/// twin is <see cref="SlowViewer"/>.
/// </summary>
internal sealed class SlowFeed : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private RoomState? _state;
    private long _sequence;

    private SlowFeed(NetworkStream stream)
    {
        _stream = stream;
        _items = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    /// <summary>The reasons of the snapshots that it has read.</summary>
    public List<string> Snapshots { get; } = [];

    /// <summary>The events that it has read one by one.</summary>
    public List<RoomEvent> Events { get; } = [];

    public static async Task<SlowFeed> JoinAsync(MemberCaller member)
    {
        var feed = new SlowFeed(await SlowSocket.RequestPlainAsync(member, $"{member.Path}/events", ("Accept", "text/event-stream")));
        await feed.ReadAsync();
        return feed;
    }

    public Run? FindRun(string id) => _state?.FindRun(id)?.ToRun();

    /// <summary>Reads one event.</summary>
    public async Task ReadAsync()
    {
        Assert.True(await _items.MoveNextAsync().InTime(), "The hub ended the feed.");
        var item = _items.Current;
        if (item.EventType == FrameKinds.Snapshot)
        {
            var frame = JsonSerializer.Deserialize<RoomFrame>(item.Data, ProtocolJson.Options)!;
            _state = new RoomState(frame);
            _sequence = RoomCursor.TryParse(frame.Cursor, out var cursor) ? cursor.Sequence : -1;
            Snapshots.Add(frame.Reason!);
        }
        else if (item.EventType is not "ping")
        {
            var roomEvent = JsonSerializer.Deserialize<RoomEvent>(item.Data, ProtocolJson.Options)!;
            Assert.Equal(++_sequence, roomEvent.Sequence);
            _state!.Apply(roomEvent);
            Events.Add(roomEvent);
        }
    }

    /// <summary>Reads to the end of a run.</summary>
    public async Task<Run> EndOfAsync(string run)
    {
        while (FindRun(run) is not { EndedAt: not null })
            await ReadAsync();

        return FindRun(run)!;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
