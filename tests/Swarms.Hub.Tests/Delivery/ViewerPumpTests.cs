using System.Buffers;
using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Delivery;

public sealed class ViewerPumpTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_Resuming_With_Its_Cursor_Receives_Only_Later_Events()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        for (var i = 0; i < 10; i++)
            await room.Log.AppendNowAsync([LogUnderTest.Chunk($"{i}")], CancellationToken);

        await using var viewer = Read(hub, room.Log, await room.Log.AfterAsync(5));

        var first = await viewer.NextAsync();
        Assert.Equal((FrameKinds.Resumed, 11), (first.Kind, first.Head));
        Assert.Equal([6, 7, 8, 9, 10, 11], (await viewer.NextAsync()).Events!.Select(e => e.Sequence));
    }

    [Fact]
    public async Task Viewer_At_The_Head_Resumes_And_One_Event_Ahead_Of_It_Is_Of_Another_History()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await using var live = Read(hub, room.Log, await room.Log.AfterHeadAsync());
        await using var ahead = Read(hub, room.Log, new ViewerStart(await room.Log.CursorAsync(1) with { Sequence = 2 }, null));

        Assert.Equal(FrameKinds.Resumed, (await live.NextAsync()).Kind);
        Assert.Equal(SnapshotReasons.Diverged, (await ahead.NextAsync()).Reason);
    }

    [Fact]
    public async Task Viewer_With_A_Cursor_Of_Another_History_Is_Told_To_Reload()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await using var viewer = Read(hub, room.Log, new ViewerStart(new RoomCursor("other", 1), null));

        var first = await viewer.NextAsync();

        Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.Diverged), (first.Kind, first.Reason));
    }

    [Fact]
    public async Task Viewer_Thousands_Of_Events_Back_Is_Given_A_Snapshot_Instead_Of_History()
    {
        await using var hub = await LogUnderTest.StartAsync(("Rooms:MaxBehindEvents", "20"), ("Rooms:MaxTailBytes", "65536"));
        using var room = await hub.CreateRoomAsync();
        await using var late = Read(hub, room.Log, await room.Log.AfterHeadAsync());
        await late.NextAsync();
        for (var i = 0; i < 30; i++)
            await room.Log.AppendNowAsync([LogUnderTest.Chunk(new string('x', 8_000))], CancellationToken);

        await using var resuming = Read(hub, room.Log, await room.Log.AfterAsync(1));

        Assert.Equal(SnapshotReasons.Behind, (await resuming.NextAsync()).Reason);
        Assert.Equal(SnapshotReasons.Behind, (await late.NextAsync()).Reason);
    }

    [Fact]
    public async Task Viewer_As_Far_Back_As_May_Be_Resumes_And_One_Event_Further_Back_Does_Not()
    {
        await using var hub = await LogUnderTest.StartAsync(("Rooms:MaxBehindEvents", "5"));
        using var room = await hub.CreateRoomAsync();
        for (var i = 0; i < 6; i++)
            await room.Log.AppendNowAsync([LogUnderTest.Chunk($"{i}")], CancellationToken);

        await using var near = Read(hub, room.Log, await room.Log.AfterAsync(2));
        await using var far = Read(hub, room.Log, await room.Log.AfterAsync(1));

        Assert.Equal(FrameKinds.Resumed, (await near.NextAsync()).Kind);
        Assert.Equal(SnapshotReasons.Behind, (await far.NextAsync()).Reason);
    }

    [Fact]
    public async Task Viewer_That_Catches_Up_Sees_Nothing_That_Is_Stored_And_Not_Yet_Published()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await room.Log.AppendNowAsync([LogUnderTest.Chunk("a"), LogUnderTest.Chunk("b"), LogUnderTest.Chunk("c")], CancellationToken);
        // The database is as the writer leaves it between a commit and its publication.
        hub.Execute($"INSERT INTO events (RoomKey, Sequence, At, Type, Data) VALUES ({room.Log.Key}, 5, 0, 'chunk', '{{}}')");
        // The position is within a batch, and the tail has no border there.
        await using var viewer = Read(hub, room.Log, await room.Log.AfterAsync(2));
        await viewer.NextAsync();

        Assert.Equal([3, 4], (await viewer.NextAsync()).Events!.Select(e => e.Sequence));
    }

    [Fact]
    public async Task Viewer_Further_Back_Than_The_Tail_Catches_Up_From_The_Store_And_Goes_On_Live()
    {
        await using var hub = await LogUnderTest.StartAsync(("Rooms:MaxTailBytes", "65536"));
        using var room = await hub.CreateRoomAsync();
        await using var viewer = Read(hub, room.Log, await room.Log.AfterHeadAsync());
        await viewer.NextAsync();
        for (var i = 0; i < 700; i++)
            await room.Log.AppendAsync([LogUnderTest.Chunk(new string('x', 500))], Durability.Process, CancellationToken);
        var last = await room.Log.AppendNowAsync([LogUnderTest.Chunk("last")], CancellationToken);

        var seen = new List<long>();
        while (seen.Count == 0 || seen[^1] < last)
            seen.AddRange((await viewer.NextAsync()).Events!.Select(e => e.Sequence));
        await room.Log.AppendNowAsync([LogUnderTest.Chunk("live")], CancellationToken);
        seen.AddRange((await viewer.NextAsync()).Events!.Select(e => e.Sequence));

        Assert.Equal(Enumerable.Range(2, 702).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Viewer_That_Catches_Up_From_A_Slow_Store_Holds_Up_Neither_The_Writer_Nor_The_Others()
    {
        var store = new GatedStore();
        await using var hub = await LogUnderTest.StartAsync(null, store.Wrap, ("Rooms:MaxTailBytes", "65536"));
        using var room = await hub.CreateRoomAsync();
        for (var i = 0; i < 20; i++)
            await room.Log.AppendNowAsync([LogUnderTest.Chunk(new string('x', 8_000))], CancellationToken);
        await using var late = Read(hub, room.Log, await room.Log.AfterAsync(1));
        await using var live = Read(hub, room.Log, await room.Log.AfterHeadAsync());
        await late.NextAsync();
        await live.NextAsync();

        store.Hold();
        var catchingUp = late.NextAsync();
        await store.Reached.InTime();
        for (var i = 0; i < 20; i++)
        {
            var appended = await room.Log.AppendNowAsync([LogUnderTest.Chunk("live")], CancellationToken);
            Assert.Equal([appended], (await live.NextAsync()).Events!.Select(e => e.Sequence));
        }

        Assert.False(catchingUp.IsCompleted);
        store.Release();
        var seen = (await catchingUp).Events!.Select(e => e.Sequence).ToList();
        while (seen[^1] < 41)
            seen.AddRange((await late.NextAsync()).Events!.Select(e => e.Sequence));
        Assert.Equal(Enumerable.Range(2, 40).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Closing_A_Room_Ends_Also_A_Viewer_That_Waits()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await using var viewer = Read(hub, room.Log, default);
        await viewer.NextAsync();
        var next = viewer.NextAsync();

        room.Log.Delete();

        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<HubErrorException>(() => next)).Code);
    }

    [Fact]
    public async Task Viewer_Is_Told_That_The_Disk_Fails_And_That_It_Works_Again_Where_Nothing_Is_Stored_In_Between()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await using var viewer = Read(hub, room.Log, default);
        await viewer.NextAsync();
        Task<RoomFrame> next;
        using (hub.LockDatabase())
        {
            next = viewer.NextAsync();
            using var patience = new CancellationTokenSource();
            var saying = room.Log.AppendNowAsync([LogUnderTest.Chunk("person")], patience.Token);
            Assert.False((await next).IsAvailable);
            // The viewer waits before the disk works again, so it has to be woken.
            next = viewer.NextAsync();
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saying.InTime());
        }

        Assert.True((await next).IsAvailable);
    }

    [Fact]
    public async Task Viewer_That_Catches_Up_Is_Told_Of_The_Disk_After_All_That_It_Stored()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await room.Log.AppendNowAsync([LogUnderTest.Chunk("a"), LogUnderTest.Chunk("b"), LogUnderTest.Chunk("c")], CancellationToken);
        using var locked = hub.LockDatabase();
        await room.Log.AppendAsync([LogUnderTest.Chunk("held")], Durability.Process, CancellationToken);
        await Until.TrueAsync(() => hub.Queue.FailingSince is not null);
        // The position is within a batch, and the tail has no border there.
        await using var viewer = Read(hub, room.Log, await room.Log.AfterAsync(2));
        await viewer.NextAsync();

        Assert.Equal([3, 4], (await viewer.NextAsync()).Events?.Select(e => e.Sequence));
        Assert.False((await viewer.NextAsync()).IsAvailable);
    }

    [Fact]
    public async Task Closing_A_Room_Ends_Its_Viewers_With_The_Reason()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await using var viewer = Read(hub, room.Log, default);
        await viewer.NextAsync();

        room.Log.Delete();

        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<HubErrorException>(viewer.NextAsync)).Code);
    }

    [Fact]
    public async Task Viewer_Who_Joins_A_Deleted_Room_Is_Not_Shown_What_The_Last_One_Was_Shown()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await using var viewer = Read(hub, room.Log, default);
        await viewer.NextAsync();
        room.Log.Delete();

        await using var late = Read(hub, room.Log, default);

        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<HubErrorException>(late.NextAsync)).Code);
    }

    [Fact]
    public async Task Event_That_Comes_Between_A_Viewers_Look_And_Its_Wait_Is_Not_Missed()
    {
        await using var hub = await LogUnderTest.StartAsync();
        var queue = new AskedQueue();
        var room = new Room { Id = "room", Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch };
        var log = new RoomLog(
            new StoredRoom(1, new LogPosition(0, EventLink.CreateFirst()), new RoomState(room)),
            queue,
            hub.Store,
            hub.Get<CommitTick>(),
            new RoomFollowers(),
            new RoomOptions());
        await using var viewer = Read(hub, log, default);
        await viewer.NextAsync();
        PendingEvent[] events = [LogUnderTest.Chunk("a")];
        queue.Asked = () => log.Publish(CommittedBatch.Encode(1, events, [EventLink.CreateFirst()]), events);

        Assert.Equal([1], (await viewer.NextAsync()).Events!.Select(e => e.Sequence));
    }

    private static RoomFrame OnTheWire(ViewerFrame frame)
    {
        var message = new ArrayBufferWriter<byte>();
        ViewerFrameWriter.Write("1", frame, message);
        return JsonElement.Parse(message.WrittenSpan[..^1]).GetProperty("item").Deserialize<RoomFrame>(ProtocolJson.Options)!;
    }

    private static Reading Read(LogUnderTest hub, RoomLog log, ViewerStart from) =>
        new(hub.CreateViewer(log).ReadAsync(from, CancellationToken).GetAsyncEnumerator(CancellationToken));

    /// <summary>A queue that a viewer asks about the disk between its look at the tail and its wait.</summary>
    private sealed class AskedQueue : ICommitQueue
    {
        public Action? Asked { get; set; }

        public DateTimeOffset? FailingSince
        {
            get
            {
                var asked = Asked;
                Asked = null;
                asked?.Invoke();
                return null;
            }
        }

        public ValueTask EnqueueAsync(PendingCommit commit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public bool TryWithdraw(PendingCommit commit) => throw new NotSupportedException();
    }

    private sealed class Reading(IAsyncEnumerator<ViewerFrame> frames) : IAsyncDisposable
    {
        public async Task<RoomFrame> NextAsync()
        {
            Assert.True(await frames.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), CancellationToken));
            return OnTheWire(frames.Current);
        }

        public ValueTask DisposeAsync() => frames.DisposeAsync();
    }
}
