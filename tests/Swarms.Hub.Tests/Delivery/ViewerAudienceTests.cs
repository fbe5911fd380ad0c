using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Delivery;

/// <summary>Viewers that may not see costs, and those who may see them from now on.</summary>
public sealed class ViewerAudienceTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_Whose_Role_Is_Taken_Away_Gets_A_Snapshot_Instead_Of_What_Follows()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await BeginAsync(room.Log);
        await using var viewer = Read(hub, room.Log, "bob", default);
        await using var host = Read(hub, room.Log, "ann", default);
        await viewer.NextAsync();
        await host.NextAsync();
        await room.Log.AppendNowAsync([Usage(0.5m)], CancellationToken);
        Assert.Equal(0.5m, Cost((await viewer.NextAsync()).Events!));

        await room.Log.AppendNowAsync(
            [Usage(0.25m), Member(EventTypes.MemberChanged, "bob", MemberRoles.Viewer), Usage(0.75m)], CancellationToken);
        await room.Log.AppendNowAsync([Usage(0.125m)], CancellationToken);

        var snapshot = await viewer.NextAsync();
        Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.Audience, room.Log.Head), (snapshot.Kind, snapshot.Reason, Sequence(snapshot)));
        Assert.Null(Assert.Single(snapshot.Runs!).Usage!.Cost);
        Assert.Equal(3, Assert.Single(snapshot.Runs!).Usage!.TotalTokens);
        Assert.Null(snapshot.Room!.Settings!.Budget!.RoomCost);
        var seen = new List<decimal?>();
        while (seen.Count < 4)
            seen.AddRange(Usages(await host.NextAsync()).Select(e => Protocol.Usage.Read(e.Data).Cost));

        Assert.Equal([0.5m, 0.25m, 0.75m, 0.125m], seen);
        await room.Log.AppendNowAsync([Usage(0.5m)], CancellationToken);
        Assert.Null(Cost((await viewer.NextAsync()).Events!));

        await room.Log.AppendNowAsync([Member(EventTypes.MemberChanged, "bob", MemberRoles.Participant)], CancellationToken);
        var seeing = await viewer.NextAsync();
        Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.Audience), (seeing.Kind, seeing.Reason));
        Assert.Equal(0.5m, Assert.Single(seeing.Runs!).Usage!.Cost);
        Assert.Equal("5", seeing.Room!.Settings!.Budget!.RoomCost);
    }

    [Fact]
    public async Task Change_That_Leaves_The_Audience_Gives_No_Snapshot()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await BeginAsync(room.Log);
        await using var viewer = Read(hub, room.Log, "bob", default);
        await viewer.NextAsync();

        await room.Log.AppendNowAsync(
            [Member(EventTypes.MemberChanged, "bob", MemberRoles.Host), Settings(MoneyAudiences.Hosts), Usage(0.5m)], CancellationToken);

        Assert.Equal(0.5m, Cost((await viewer.NextAsync()).Events!));
    }

    [Fact]
    public async Task Setting_Changes_The_Audience_Of_All_Who_It_Leaves_Out()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await BeginAsync(room.Log);
        await using var host = Read(hub, room.Log, "ann", default);
        await using var participant = Read(hub, room.Log, "bob", default);
        await host.NextAsync();
        await participant.NextAsync();

        await room.Log.AppendNowAsync([Settings(MoneyAudiences.Hosts)], CancellationToken);

        Assert.Equal(FrameKinds.Events, (await host.NextAsync()).Kind);
        Assert.Equal(SnapshotReasons.Audience, (await participant.NextAsync()).Reason);
    }

    [Fact]
    public async Task Cursor_Of_Another_Audience_Is_Answered_With_A_Snapshot_And_The_Own_One_Resumes()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await BeginAsync(room.Log);
        await using var before = Read(hub, room.Log, "bob", default);
        var cursor = (await before.NextAsync()).Cursor;
        await room.Log.AppendNowAsync([Settings(MoneyAudiences.Hosts)], CancellationToken);

        await using var back = Read(hub, room.Log, "bob", ViewerStart.At(cursor));
        await using var other = Read(hub, room.Log, "ann", ViewerStart.At(cursor));
        var snapshot = await back.NextAsync();
        await using var resumed = Read(hub, room.Log, "bob", ViewerStart.At(snapshot.Cursor));
        await using var foreign = Read(hub, room.Log, "ann", ViewerStart.At(snapshot.Cursor));

        Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.Audience), (snapshot.Kind, snapshot.Reason));
        Assert.Equal(FrameKinds.Resumed, (await other.NextAsync()).Kind);
        Assert.Equal((FrameKinds.Resumed, snapshot.Cursor), Begin(await resumed.NextAsync()));
        Assert.Equal(SnapshotReasons.Audience, (await foreign.NextAsync()).Reason);
        Assert.Equal("01", snapshot.Cursor[2..4]);
    }

    [Fact]
    public async Task Viewer_That_Catches_Up_From_The_Store_Or_From_A_Sequence_Gets_No_Costs()
    {
        await using var hub = await LogUnderTest.StartAsync(("Rooms:MaxTailBytes", "65536"));
        using var room = await hub.CreateRoomAsync();
        await BeginAsync(room.Log);
        await room.Log.AppendNowAsync([Settings(MoneyAudiences.Hosts), Usage(0.5m)], CancellationToken);
        var at = room.Log.Head - 1;
        for (var i = 0; i < 300; i++)
            await room.Log.AppendAsync([LogUnderTest.Chunk(new string('x', 500))], Durability.Process, CancellationToken);
        var last = await room.Log.AppendNowAsync([Usage(0.25m)], CancellationToken);
        await using var viewer = Read(hub, room.Log, "bob", new ViewerStart(null, at));

        var cursors = new List<string> { (await viewer.NextAsync()).Cursor };
        var seen = new List<RoomEvent>();
        while (seen.Count == 0 || seen[^1].Sequence < last)
        {
            var frame = await viewer.NextAsync();
            cursors.Add(frame.Cursor);
            seen.AddRange(frame.Events!);
        }

        Assert.Equal(Enumerable.Range((int)at + 1, 302), seen.Select(e => (int)e.Sequence));
        Assert.All(
            seen.Where(e => e.Type == EventTypes.Usage), e => Assert.Equal(JsonValueKind.Null, e.Data.GetProperty("cost").ValueKind));
        Assert.All(cursors, cursor => Assert.Equal("01", cursor[2..4]));
    }

    [Fact]
    public async Task Viewer_Whose_Role_Changes_All_The_Time_Gets_No_Cost_After_A_Demotion_And_Folds_What_The_Hub_Would_Send()
    {
        const int Steps = 200;
        await using var hub = await LogUnderTest.StartAsync(("Rooms:Tick", "00:00:00"), ("Rooms:MaxTailBytes", "65536"));
        using var room = await hub.CreateRoomAsync();
        await BeginAsync(room.Log);
        var roles = new ConcurrentQueue<(long Sequence, bool Sees)>([(0, true)]);
        long last = 0;
        var writing = Task.Run(async () =>
        {
            var random = new Random(20261126);
            for (var i = 0; i < Steps; i++)
            {
                if (i == Steps - 1)
                    Volatile.Write(ref last, room.Log.Head + 3);

                var sees = random.Next(2) == 0;
                var change = Member(EventTypes.MemberChanged, "bob", sees ? MemberRoles.Participant : MemberRoles.Viewer);
                // The change is noted first: a viewer that sees an event behind it finds it there.
                roles.Enqueue((room.Log.Head + 2, sees));
                await room.Log.AppendNowAsync([Usage(1), change, Usage(1)], CancellationToken);
            }
        }, CancellationToken);
        await using var viewer = Read(hub, room.Log, "bob", default);

        RoomState? state = null;
        var frame = await viewer.NextAsync();
        for (; ; frame = await viewer.NextAsync())
        {
            // A cost is shown only before a demotion, or after a later promotion.
            foreach (var shown in frame.Events is null ? [] : Usages(frame).Where(e => Protocol.Usage.Read(e.Data).Cost is not null))
            {
                Assert.True(
                    roles.Last(role => role.Sequence < shown.Sequence).Sees
                        || roles.Any(role => role.Sees && role.Sequence > shown.Sequence),
                    $"{shown.Sequence}");
            }

            if (frame.Kind == FrameKinds.Snapshot)
                state = new RoomState(frame);
            else
                foreach (var roomEvent in frame.Events!)
                    state!.Apply(roomEvent);

            if (Volatile.Read(ref last) == Sequence(frame))
                break;
        }

        await writing;
        var sent = room.Log.ToSnapshot(SnapshotReasons.First, "bob");
        Assert.Equal(frame.Cursor, sent.Cursor);
        Assert.Equal(
            Encoding.UTF8.GetString(sent.Json.Span),
            JsonSerializer.Serialize(state!.ToSnapshot(frame.Cursor, SnapshotReasons.First), ProtocolJson.Options));
    }

    [Fact]
    public async Task Batch_Without_Costs_Is_Encoded_Once_And_Keeps_The_Rest_Byte_For_Byte()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await room.Log.AppendNowAsync([LogUnderTest.Chunk("\"cost\":5"), Usage(0.5m), LogUnderTest.Chunk("b")], CancellationToken);
        var batch = room.Log.ReadTail(1).Batches[0];

        var hidden = batch.For(Audience.WithoutCosts);

        Assert.Same(hidden, batch.For(Audience.WithoutCosts));
        Assert.Same(batch, batch.For(Audience.WithCosts));
        Assert.Same(hidden, hidden.For(Audience.WithoutCosts));
        var expected = Encoding.UTF8.GetString(batch.Frame.Span)
            .Replace(batch.Cursor, hidden.Cursor, StringComparison.Ordinal)
            .Replace("\"cost\":0.5", "\"cost\":null", StringComparison.Ordinal);
        Assert.Equal(expected, Encoding.UTF8.GetString(hidden.Frame.Span));
        Assert.Equal(batch.Events[0].Json.ToArray(), hidden.Events[0].Json.ToArray());
        Assert.Equal(batch.Position, hidden.Position);
    }

    private static Task<long> BeginAsync(RoomLog log) => log.AppendNowAsync(
        [
            Member(EventTypes.MemberJoined, "ann", MemberRoles.Host),
            Member(EventTypes.MemberJoined, "bob", MemberRoles.Participant),
            Settings(MoneyAudiences.Participants),
            LogUnderTest.Event(
                EventTypes.RunQueued, new RunQueuedPayload(RunKinds.Agent, new RunAgent("Writer", null), "Task", null, 0), "run"),
        ],
        CancellationToken);

    private static PendingEvent Settings(string showMoney) => LogUnderTest.Event(
        EventTypes.RoomChanged,
        new RoomPayload("Room", new RoomSettings { ShowMoney = showMoney, Budget = new RoomBudget { RoomCost = "5" } }));

    private static PendingEvent Member(string type, string id, string role) =>
        LogUnderTest.Event(type, new { member = new { id, name = id, role, joinedAt = DateTimeOffset.UnixEpoch } });

    private static PendingEvent Usage(decimal cost) => LogUnderTest.Event(EventTypes.Usage, new Usage(1, 2, 3, cost), "run");

    private static decimal? Cost(IReadOnlyList<RoomEvent> events) =>
        Protocol.Usage.Read(Assert.Single(events, e => e.Type == EventTypes.Usage).Data).Cost;

    private static IEnumerable<RoomEvent> Usages(RoomFrame frame) => frame.Events!.Where(e => e.Type == EventTypes.Usage);

    private static (string Kind, string Cursor) Begin(RoomFrame frame) => (frame.Kind, frame.Cursor);

    private static long Sequence(RoomFrame frame) => RoomCursor.TryParse(frame.Cursor, out var cursor) ? cursor.Sequence : -1;

    private static Reading Read(LogUnderTest hub, RoomLog log, string memberId, ViewerStart from) =>
        new(hub.CreateViewer(log, memberId).ReadAsync(from, CancellationToken).GetAsyncEnumerator(CancellationToken));

    private sealed class Reading(IAsyncEnumerator<ViewerFrame> frames) : IAsyncDisposable
    {
        public async Task<RoomFrame> NextAsync()
        {
            Assert.True(await frames.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), CancellationToken));
            var message = new ArrayBufferWriter<byte>();
            ViewerFrameWriter.Write("1", frames.Current, message);
            return JsonElement.Parse(message.WrittenSpan[..^1]).GetProperty("item").Deserialize<RoomFrame>(ProtocolJson.Options)!;
        }

        public ValueTask DisposeAsync() => frames.DisposeAsync();
    }
}
