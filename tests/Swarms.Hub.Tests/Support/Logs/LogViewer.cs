using System.Buffers;
using System.Text.Json;
using Swarms.Hub.Delivery;
using Swarms.Hub.Errors;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A viewer that takes a frame when told to, and checks each against the <see cref="RoomStory"/>.</summary>
internal sealed class LogViewer(RoomStory story, int maxBehindEvents) : IAsyncDisposable
{
    private IAsyncEnumerator<ViewerFrame>? _frames;
    private CancellationTokenSource? _left;
    private RoomCursor? _cursor;

    // The last event that it has seen; the same object means the same history.
    private PendingEvent? _seen;
    private RoomState? _state;

    public bool IsWatching => _frames is not null;

    public long Position => _cursor?.Sequence ?? 0;

    /// <summary>False once it was told that the disk fails.</summary>
    public bool IsToldThatTheDiskWorks { get; private set; } = true;

    public async Task JoinAsync(LogUnderTest hub, RoomLog log, bool isResuming, bool isBroken = false)
    {
        await LeaveAsync();
        var from = isResuming ? _cursor : null;
        _left = new CancellationTokenSource();
        _frames = hub.CreateViewer(log).ReadAsync(new ViewerStart(from, null), _left.Token).GetAsyncEnumerator(_left.Token);
        IsToldThatTheDiskWorks = true;
        var head = log.Head;
        var isOfThisHistory = Position <= head && Position > 0 && ReferenceEquals(story.Events[(int)Position - 1], _seen);
        var frame = await TakeAsync();
        if (from is not { } cursor)
            Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.First), (frame.Kind, frame.Reason));
        else if (frame is { Kind: FrameKinds.Snapshot, Reason: SnapshotReasons.Behind })
            Assert.True(isBroken || log.Head - cursor.Sequence > maxBehindEvents);
        else if (!isOfThisHistory)
            Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.Diverged), (frame.Kind, frame.Reason));
        else
        {
            Assert.Equal(
                (FrameKinds.Resumed, cursor.ToString(), true), (frame.Kind, frame.Cursor, head - cursor.Sequence <= maxBehindEvents));
            Assert.InRange(frame.Head!.Value, head, log.Head);
        }

        if (frame.Kind == FrameKinds.Snapshot)
            Assert.True(Position >= head, "A snapshot shows all that was committed before it was asked for.");
    }

    /// <summary>Takes the next frame, if there are events that this viewer lacks, or a failure of the disk that it was not told.</summary>
    public async Task ReadAsync(RoomLog log, bool isFailing)
    {
        var before = Position;
        while (IsWatching && Position == before && (Position < log.Head || (isFailing && IsToldThatTheDiskWorks)))
        {
            var frame = await TakeAsync();
            if (frame.Kind == FrameKinds.Storage)
                continue;

            Assert.True(frame.Kind == FrameKinds.Events || frame.Reason == SnapshotReasons.Behind, $"{frame.Kind} {frame.Reason}");
            Assert.True(Position > before);
        }
    }

    /// <summary>Reads to the end of the log and to the news that the disk works.</summary>
    public async Task ReadToEndAsync(RoomLog log)
    {
        while (Position < log.Head || !IsToldThatTheDiskWorks)
            await TakeAsync();
    }

    /// <summary>Requires that the viewer gets the present history next, because its room was loaded anew.</summary>
    public async Task IsShownAnotherHistoryAsync(RoomLog log)
    {
        if (!IsWatching)
            return;

        RoomFrame frame;
        do
            frame = await TakeAsync();
        while (frame.Kind == FrameKinds.Storage)
            ;

        Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.Diverged, log.Head), (frame.Kind, frame.Reason, Position));
    }

    /// <summary>Requires that its stream ends, because the room was deleted.</summary>
    public async Task EndsAsync()
    {
        if (!IsWatching)
            return;

        var ended = await Assert.ThrowsAsync<HubErrorException>(async () =>
        {
            while (true)
                await TakeAsync();
        });
        Assert.Equal(ErrorCodes.NotFound, ended.Code);
        await LeaveAsync();
    }

    public async Task LeaveAsync()
    {
        if (_frames is null)
            return;

        await _left!.CancelAsync();
        await _frames.DisposeAsync();
        _left.Dispose();
        _frames = null;
    }

    public async ValueTask DisposeAsync() => await LeaveAsync();

    private async Task<RoomFrame> TakeAsync()
    {
        Assert.True(await _frames!.MoveNextAsync().InTime());
        var frame = OnTheWire(_frames.Current);
        Assert.True(RoomCursor.TryParse(frame.Cursor, out var cursor));
        if (frame.Kind == FrameKinds.Snapshot)
            _state = new RoomState(frame);

        var position = Position;
        foreach (var roomEvent in frame.Events ?? [])
        {
            Assert.Equal(++position, roomEvent.Sequence);
            Assert.Equal(Text(story.Events[(int)position - 1].ToRoomEvent(position)), Text(roomEvent));
            _state!.Apply(roomEvent);
        }

        if (frame.Kind == FrameKinds.Events)
            Assert.Equal(position, cursor.Sequence);

        if (frame.Kind == FrameKinds.Storage)
        {
            Assert.Equal((_cursor!.Value, !IsToldThatTheDiskWorks), (cursor, frame.IsAvailable!.Value));
            IsToldThatTheDiskWorks = frame.IsAvailable.Value;
        }

        _cursor = cursor;
        _seen = story.Events[(int)cursor.Sequence - 1];
        Assert.Equal(Text(story.FoldOf(cursor.Sequence)), Text(_state!));
        return frame;
    }

    private static RoomFrame OnTheWire(ViewerFrame frame)
    {
        var message = new ArrayBufferWriter<byte>();
        ViewerFrameWriter.Write("1", frame, message);
        return JsonElement.Parse(message.WrittenSpan[..^1]).GetProperty("item").Deserialize<RoomFrame>(ProtocolJson.Options)!;
    }

    private static string Text(RoomEvent roomEvent) => JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);

    private static string Text(RoomState state) =>
        JsonSerializer.Serialize(state.ToSnapshot("", SnapshotReasons.First), ProtocolJson.Options);
}
