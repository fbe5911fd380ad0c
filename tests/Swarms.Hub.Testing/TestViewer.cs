using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Testing;

/// <summary>
/// A viewer that speaks the real protocol over a real WebSocket, without the project's own client. It records its frames and events. It
/// fails if a sequence is not the last one plus one, or a frame comes that may not come.
/// </summary>
public sealed class TestViewer : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly CancellationTokenSource _left = new();
    private readonly Lock _lock = new();
    private readonly List<RoomFrame> _frames = [];
    private readonly List<RoomEvent> _events = [];
    private readonly Task _watching;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RoomState? _state;

    private TestViewer(HubConnection connection, string roomId, string? cursor, RoomState? state)
    {
        _connection = connection;
        _state = state;
        _watching = WatchAsync(roomId, cursor);
    }

    /// <summary>The last frame's cursor.</summary>
    public string Cursor => Read(() => _frames[^1].Cursor);

    /// <summary>Every event that it was shown one by one, and the cursor after the last.</summary>
    public (IReadOnlyList<RoomEvent> Events, string Cursor) Seen => Read(() => (_events.ToList(), _frames[^1].Cursor));

    /// <summary>Every event that it was shown one by one.</summary>
    public IReadOnlyList<RoomEvent> Events => Read(() => _events.ToList());

    public IReadOnlyList<RoomFrame> Frames => Read(() => _frames.ToList());

    /// <summary>The seconds of the last <c>Draining</c> call; null before the first.</summary>
    public int? Draining { get; private set; }

    /// <summary>The presence that each <c>PresenceChanged</c> so far adds up to.</summary>
    public RoomPresence? Presence { get; private set; }

    /// <summary>How members follow the room, as <c>WatchingChanged</c> told a host, by their ids.</summary>
    public Dictionary<string, MemberWatching> Watching { get; } = [];

    public static Task<TestViewer> JoinAsync(Uri hub, RoomAdmission room, string? cursor = null) => JoinAsync(hub, room, cursor, null);

    /// <summary>Leaves, and returns a viewer that goes on from this one's cursor and state.</summary>
    public async Task<TestViewer> ResumeAsync(Uri hub, RoomAdmission room)
    {
        await DisposeAsync();
        return await JoinAsync(hub, room, Cursor, _state);
    }

    private static async Task<TestViewer> JoinAsync(Uri hub, RoomAdmission room, string? cursor, RoomState? state)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(hub, "hub"), options => options.AccessTokenProvider = () => Task.FromResult(room.Token))
            .AddJsonProtocol(json => ProtocolJson.Configure(json.PayloadSerializerOptions))
            .Build();
        var viewer = new TestViewer(connection, room.Room.Id, cursor, state);
        await viewer.WaitAsync(() => viewer._frames.Count > 0);
        return viewer;
    }

    /// <summary>Returns the run, folded from the frames so far.</summary>
    public Run? FindRun(string id) => Read(() => _state?.FindRun(id)?.ToRun());

    /// <summary>Waits until the run has its ending, and returns the run.</summary>
    public async Task<Run> EndOfAsync(string runId)
    {
        await WaitAsync(() => _state?.FindRun(runId) is { HasEnded: true });
        return FindRun(runId)!;
    }

    public Task WaitForEventAsync(Func<RoomEvent, bool> condition) => WaitAsync(() => _events.Exists(e => condition(e)));

    /// <summary>Waits until the condition holds after some frame or call from the hub.</summary>
    public async Task WaitAsync(Func<bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition())
                    return;

                changed = _changed.Task;
            }

            if (_watching.IsCompleted)
                await _watching;

            await Task.WhenAny(changed, _watching).InTime();
        }
    }

    /// <summary>Waits for the end of its stream and returns the exception that ended it; null if there is none.</summary>
    public async Task<Exception?> EndAsync()
    {
        try
        {
            await _watching.InTime();
            return null;
        }
        catch (Exception e) when (e is not TimeoutException)
        {
            return e;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _connection.DisposeAsync();
        await _watching.ContinueWith(_ => { }, TaskScheduler.Default);
        _left.Dispose();
    }

    private async Task WatchAsync(string roomId, string? cursor)
    {
        _connection.On<int>(nameof(IRoomViewer.Draining), seconds => Change(() => Draining = seconds));
        _connection.On<string, RoomPresence>(nameof(IRoomViewer.PresenceChanged), (_, told) => Change(() => Take(told)));
        _connection.On<string, RoomWatching>(nameof(IRoomViewer.WatchingChanged), (_, told) => Change(() => Take(told)));
        await _connection.StartAsync(_left.Token);
        await foreach (var frame in _connection.StreamAsync<RoomFrame>("WatchRoom", roomId, cursor, _left.Token))
            Change(() => Take(frame, cursor));
    }

    // Changes before the whole mean nothing yet.
    private void Take(RoomPresence told)
    {
        if (told.Left is null || Presence is not null)
            Presence = Presence?.Apply(told) ?? told;
    }

    private void Take(RoomWatching told)
    {
        foreach (var member in told.Members)
            Watching[member.Id] = member;
    }

    private void Take(RoomFrame frame, string? resumedFrom)
    {
        if (frame.Kind == FrameKinds.Snapshot)
            _state = new RoomState(frame);
        else if (frame.Kind == FrameKinds.Resumed && (_frames.Count > 0 || frame.Cursor != resumedFrom))
            throw new InvalidOperationException("resumed is the first frame or none, and says what was asked.");

        var last = _frames.Count == 0 ? Sequence(frame.Cursor) : Sequence(_frames[^1].Cursor);
        foreach (var roomEvent in frame.Events ?? [])
        {
            if (roomEvent.Sequence != ++last)
                throw new InvalidOperationException($"Expected event {last}, but {roomEvent.Sequence} came.");

            _events.Add(roomEvent);
            _state?.Apply(roomEvent);
        }

        if (frame.Kind == FrameKinds.Events && Sequence(frame.Cursor) != last)
            throw new InvalidOperationException("An events frame's cursor is its last event's.");

        _frames.Add(frame);
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }

    private static long Sequence(string cursor) =>
        RoomCursor.TryParse(cursor, out var parsed) ? parsed.Sequence : throw new InvalidOperationException($"{cursor} is no cursor.");
}
