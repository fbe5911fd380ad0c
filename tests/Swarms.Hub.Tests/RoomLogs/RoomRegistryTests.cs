using System.Text;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.RoomLogs;

public sealed class RoomRegistryTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_Room_Leaves_Memory_And_Comes_Back_As_It_Was()
    {
        var time = new FakeTimeProvider();
        await using var hub = await LogUnderTest.StartAsync(time, null, ("Rooms:Tick", "00:00:00"), ("Rooms:IdleTimeout", "00:01:00"));
        string before;
        var room = await hub.CreateRoomAsync();
        for (var i = 0; i < 5; i++)
            await room.Log.AppendNowAsync([LogUnderTest.Event(EventTypes.Message, new { text = $"{i}" }, by: "member")], CancellationToken);
        before = Snapshot(room.Log);
        room.Dispose();

        await IdleAsync(hub, time, 0);
        using var again = await hub.Rooms.OpenAsync(room.Log.Id, CancellationToken);

        Assert.NotSame(room.Log, again.Log);
        Assert.Equal(before, Snapshot(again.Log));
        Assert.Equal(7, await again.Log.AppendNowAsync([LogUnderTest.Chunk("on")], CancellationToken));
    }

    [Fact]
    public async Task Room_In_Use_Stays_However_Long_Nothing_Happens_In_It()
    {
        var time = new FakeTimeProvider();
        await using var hub = await LogUnderTest.StartAsync(time, null, ("Rooms:Tick", "00:00:00"), ("Rooms:IdleTimeout", "00:01:00"));
        using var used = await hub.CreateRoomAsync();
        // The other room is dropped, which shows that the loop has looked.
        (await hub.CreateRoomAsync()).Dispose();
        (await hub.Rooms.OpenAsync(used.Log.Id, CancellationToken)).Dispose();

        await IdleAsync(hub, time, 1);
        using var again = await hub.Rooms.OpenAsync(used.Log.Id, CancellationToken);

        Assert.Same(used.Log, again.Log);
    }

    [Fact]
    public async Task Rooms_That_Nobody_Uses_Are_Bounded_In_Number_And_The_Longest_Unused_Go_First()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var used = await hub.CreateRoomAsync();
        var first = await hub.CreateRoomAsync();
        var second = await hub.CreateRoomAsync();
        first.Dispose();
        second.Dispose();
        (await hub.Rooms.OpenAsync(first.Log.Id, CancellationToken)).Dispose();
        for (var i = 0; i < RoomRegistry.MaxIdleRooms - 1; i++)
            hub.Rooms.Create(new Room { Id = $"room-{i}", Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch }).Dispose();

        Assert.Equal(RoomRegistry.MaxIdleRooms + 1, hub.Rooms.Count);
        using var stillThere = await hub.Rooms.OpenAsync(first.Log.Id, CancellationToken);
        using var loaded = await hub.Rooms.OpenAsync(second.Log.Id, CancellationToken);
        using var same = await hub.Rooms.OpenAsync(used.Log.Id, CancellationToken);
        Assert.Same(first.Log, stillThere.Log);
        Assert.NotSame(second.Log, loaded.Log);
        Assert.Same(used.Log, same.Log);
    }

    [Fact]
    public async Task Two_Who_Open_A_Room_At_Once_Share_One_Load_And_One_Log()
    {
        var store = new GatedStore();
        await using var hub = await LogUnderTest.StartAsync(null, store.Wrap);
        var room = await hub.CreateRoomAsync();
        room.Dispose();
        await hub.RestartAsync();
        store.Hold();

        var opening = Enumerable.Range(0, 8).Select(_ => hub.Rooms.OpenAsync(room.Log.Id, CancellationToken)).ToList();
        await store.Reached.InTime();
        Assert.All(opening, task => Assert.False(task.IsCompleted));
        store.Release();
        var leases = await Task.WhenAll(opening).InTime();

        Assert.Equal(1, store.Loads);
        Assert.All(leases, lease => Assert.Same(leases[0].Log, lease.Log));
    }

    [Fact]
    public async Task Load_That_Fails_Fails_Those_Who_Wait_And_Is_Tried_Anew_By_The_Next()
    {
        var store = new GatedStore();
        await using var hub = await LogUnderTest.StartAsync(null, store.Wrap);
        var room = await hub.CreateRoomAsync();
        room.Dispose();
        await hub.RestartAsync();
        store.Hold();

        var opening = Enumerable.Range(0, 2).Select(_ => hub.Rooms.OpenAsync(room.Log.Id, CancellationToken)).ToList();
        await store.Reached.InTime();
        store.Fail(new IOException("no disk"));
        foreach (var task in opening)
            await Assert.ThrowsAsync<IOException>(() => task.InTime());

        Assert.Equal(0, hub.Rooms.Count);
        using var lease = await hub.Rooms.OpenAsync(room.Log.Id, CancellationToken);
        Assert.Equal(1, lease.Log.Head);
    }

    [Fact]
    public async Task Caller_Who_Loses_Patience_Leaves_The_Room_To_Those_Who_Still_Wait()
    {
        var store = new GatedStore();
        await using var hub = await LogUnderTest.StartAsync(null, store.Wrap);
        var room = await hub.CreateRoomAsync();
        room.Dispose();
        await hub.RestartAsync();
        store.Hold();
        using var patience = new CancellationTokenSource();

        var impatient = hub.Rooms.OpenAsync(room.Log.Id, patience.Token);
        var patient = hub.Rooms.OpenAsync(room.Log.Id, CancellationToken);
        await store.Reached.InTime();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.InTime());
        store.Release();

        using var lease = await patient.InTime();
        using var again = await hub.Rooms.OpenAsync(room.Log.Id, CancellationToken);
        Assert.Same(lease.Log, again.Log);
        Assert.Equal(1, store.Loads);
    }

    [Fact]
    public async Task Caller_Who_Loses_Patience_As_The_Room_Is_There_Leaves_It_To_Who_Has_It()
    {
        var store = new GatedStore();
        await using var hub = await LogUnderTest.StartAsync(null, store.Wrap);
        var room = await hub.CreateRoomAsync();
        room.Dispose();
        await hub.RestartAsync();
        store.Hold();
        using var patience = new CancellationTokenSource();
        var delayed = new DelayedContext();

        var patient = hub.Rooms.OpenAsync(room.Log.Id, CancellationToken);
        var impatient = delayed.Run(() => hub.Rooms.OpenAsync(room.Log.Id, patience.Token));
        await store.Reached.InTime();
        await patience.CancelAsync();
        store.Release();
        using var lease = await patient.InTime();
        await delayed.GoOnAsync(impatient);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        using var again = await hub.Rooms.OpenAsync(room.Log.Id, CancellationToken);
        Assert.Same(lease.Log, again.Log);
    }

    private static Task IdleAsync(LogUnderTest hub, FakeTimeProvider time, int left) => Task.Run(async () =>
    {
        while (hub.Rooms.Count > left)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }
    }).InTime();

    private static string Snapshot(RoomLog log) => Encoding.UTF8.GetString(log.ToSnapshot(SnapshotReasons.First, memberId: null).Json.Span);
}
