using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.RoomLogs;

public sealed class RoomLogTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_Assigns_Consecutive_Sequences_Starting_At_One()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();

        var commits = new List<PendingCommit>();
        for (var i = 0; i < 50; i++)
        {
            commits.Add(
                await room.Log.AppendAsync([LogUnderTest.Chunk("a"), LogUnderTest.Chunk("b")], Durability.Process, CancellationToken));
        }

        var sequences = await Task.WhenAll(commits.Select(commit => commit.Committed));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)(1 + (2 * i))), sequences);
    }

    [Fact]
    public async Task Append_From_Many_Threads_Never_Skips_Or_Repeats_A_Sequence()
    {
        await using var hub = await LogUnderTest.StartAsync(("Rooms:Tick", "00:00:00"));
        using var room = await hub.CreateRoomAsync();

        var sequences = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            var mine = new List<long>();
            for (var i = 0; i < 100; i++)
            {
                var commit = await room.Log.AppendAsync([LogUnderTest.Chunk($"{writer}:{i}")], Durability.Process, CancellationToken);
                mine.Add(await commit.Committed);
            }

            Assert.Equal(mine.Order(), mine);
            return mine;
        })));

        Assert.Equal(Enumerable.Range(2, 1600).Select(i => (long)i), sequences.SelectMany(s => s).Order());
        var stored = await room.Log.ReadStoreAsync(0, long.MaxValue, 10_000, CancellationToken);
        Assert.Equal(1601, stored!.Events.Count);
        Assert.Equal(1601, room.Log.Head);
    }

    [Fact]
    public async Task Nothing_Is_Shown_That_Is_Not_Stored_While_The_Disk_Fails()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        PendingCommit held;
        using (hub.LockDatabase())
        {
            held = await room.Log.AppendAsync([LogUnderTest.Chunk("held")], Durability.Process, CancellationToken);
            await Until.TrueAsync(() => hub.Queue.FailingSince is not null);

            Assert.Equal(1, room.Log.Head);
            Assert.False(held.Committed.IsCompleted);
            var refused = await Assert.ThrowsAsync<HubErrorException>(
                () => room.Log.AppendNowAsync([LogUnderTest.Chunk("person")], CancellationToken));
            Assert.Equal(ErrorCodes.StorageUnavailable, refused.Code);
        }

        Assert.Equal(2, await held.Committed.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken));
        Assert.Equal(3, await room.Log.AppendNowAsync([LogUnderTest.Chunk("again")], CancellationToken));
        Assert.Null(hub.Queue.FailingSince);
    }

    [Fact]
    public async Task Person_Who_Gives_Up_While_A_Write_Fails_Gets_An_Answer_And_Nothing_Has_Happened()
    {
        var queue = new CommitQueue(Options.Create(new StorageOptions()));
        var room = new Room { Id = "room", Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch };
        var log = new RoomLog(
            new StoredRoom(1, new LogPosition(0, EventLink.CreateFirst()), new RoomState(room)),
            queue,
            null!,
            new CommitTick(Options.Create(new RoomOptions()), TimeProvider.System),
            new RoomFollowers(),
            new RoomOptions());
        for (var i = 0; i < 200; i++)
        {
            using var patience = new CancellationTokenSource();
            var saying = log.AppendNowAsync([LogUnderTest.Chunk("person")], patience.Token);
            // The test is the writer: it has taken the commit when the caller gives up.
            var taken = queue.Take();
            Assert.Single(taken);
            await patience.CancelAsync();
            queue.PutBack(taken);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saying.InTime());
            Assert.Empty(queue.Take());
        }
    }

    [Fact]
    public async Task Disk_That_Failed_Under_A_Person_Who_Gave_Up_Is_Tried_Again_Until_It_Works()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        using (hub.LockDatabase())
        {
            using var patience = new CancellationTokenSource();
            var saying = room.Log.AppendNowAsync([LogUnderTest.Chunk("person")], patience.Token);
            await Until.TrueAsync(() => hub.Queue.FailingSince is not null);

            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saying.InTime());
            Assert.Equal(0, hub.Queue.PendingEvents);
        }

        await Until.TrueAsync(() => hub.Queue.FailingSince is null);

        Assert.Equal(2, await room.Log.AppendNowAsync([LogUnderTest.Chunk("again")], CancellationToken));
    }

    [Fact]
    public async Task Deleted_Database_File_Is_Not_Written_Into_The_Void()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        File.Move(hub.DatabasePath, hub.DatabasePath + ".away");

        var held = await room.Log.AppendAsync([LogUnderTest.Chunk("held")], Durability.Process, CancellationToken);
        await Until.TrueAsync(() => hub.Queue.FailingSince is not null);

        Assert.False(File.Exists(hub.DatabasePath), "Nobody made an empty file in its place.");
        File.Move(hub.DatabasePath + ".away", hub.DatabasePath);
        Assert.Equal(2, await held.Committed.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken));
    }

    [Fact]
    public async Task Full_Queue_Holds_Its_Writers_Back_And_Loses_Nothing()
    {
        await using var hub = await LogUnderTest.StartAsync(("Storage:MaxPendingEvents", "16"));
        using var room = await hub.CreateRoomAsync();
        List<ValueTask<PendingCommit>> appends;
        using (hub.LockDatabase())
        {
            appends =
            [
                .. Enumerable.Range(0, 40).Select(i =>
                    room.Log.AppendAsync([LogUnderTest.Chunk($"{i}")], Durability.Process, CancellationToken)),
            ];
            Assert.Equal(16, appends.Count(append => append.IsCompleted));
        }

        var sequences = new List<long>();
        foreach (var append in appends)
            sequences.Add(await (await append).Committed);
        Assert.Equal(Enumerable.Range(2, 40).Select(i => (long)i), sequences);
    }
}
