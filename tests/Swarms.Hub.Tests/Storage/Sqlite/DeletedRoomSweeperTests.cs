using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>A deleted room is gone for everybody at once; its rows are removed in slices that delay nobody.</summary>
public sealed class DeletedRoomSweeperTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deleted_Room_Is_Gone_For_Every_Reader_At_Once_And_Goes_Slice_By_Slice_Between_The_Commits_Of_Others()
    {
        // The clock stands still, so slices are removed only between commits.
        await using var hub = await LogUnderTest.StartAsync(new FakeTimeProvider(), null, ("Rooms:Tick", "00:00:00"));
        using var other = await hub.CreateRoomAsync();
        using var room = await CreateLargeRoomAsync(hub, events: 5_000);

        await DeleteAsync(room.Log);

        Assert.InRange(Count(hub, "events", room.Log.Key), 3_900, 5_002);
        Assert.Null(await hub.Store.LoadAsync(room.Log.Id, CancellationToken));
        Assert.Null(await hub.Store.ReadAsync(room.Log.Key, 0, 10_000, 100, int.MaxValue, CancellationToken));
        Assert.Empty(await hub.Store.ReadPeopleAsync(room.Log.Key, 0, 10_000, 100, CancellationToken));
        Assert.Null(await hub.Store.FindNextRunAsync(room.Log.Key, 0, CancellationToken));
        Assert.Empty((await hub.Store.ListRunsAsync(room.Log.Id, null, null, 10, CancellationToken))!);
        Assert.Empty(await hub.Store.FindRoomsWithOpenRunsAsync(CancellationToken));

        for (var before = Count(hub, "events", room.Log.Key); before > 0;)
        {
            // At most one slice comes before the commit, which waits for no more than that, and one after it.
            await other.Log.AppendNowAsync([LogUnderTest.Chunk("meanwhile")], CancellationToken);
            await UntilAsync(() => Count(hub, "events", room.Log.Key) < before);
            var after = Count(hub, "events", room.Log.Key);
            Assert.InRange(before - after, 1, 3 * 512);
            before = after;
        }
    }

    [Fact]
    public async Task Everything_Of_A_Deleted_Room_Is_Gone_In_The_End_And_Nothing_Of_Others()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var other = await CreateLargeRoomAsync(hub, events: 10);
        using var room = await CreateLargeRoomAsync(hub, events: 2_000);

        await DeleteAsync(room.Log);

        await UntilAsync(() => Scalar(hub, "SELECT count(*) FROM rooms WHERE HasRemains") == 0);
        Assert.All(["events", "runs", "run_keys", "reactions", "invites"], table => Assert.Equal(0, Count(hub, table, room.Log.Key)));
        Assert.All(["events", "runs", "run_keys", "reactions", "invites"], table => Assert.NotEqual(0, Count(hub, table, other.Log.Key)));
        Assert.Equal(1, Scalar(hub, $"SELECT count(*) FROM members WHERE RoomKey = {room.Log.Key} AND Name = ''"));
        Assert.Equal(1, Scalar(hub, $"SELECT count(*) FROM members WHERE RoomKey = {other.Log.Key} AND Name <> ''"));
    }

    [Fact]
    public async Task Disk_That_Fails_At_Them_Counts_As_Failing_Until_It_Works_Though_Nobody_Writes()
    {
        await using var hub = await LogUnderTest.StartAsync(new FakeTimeProvider(), null, ("Rooms:Tick", "00:00:00"));
        using var room = await CreateLargeRoomAsync(hub, events: 5_000);
        await DeleteAsync(room.Log);
        var away = hub.DatabasePath + ".away";
        File.Move(hub.DatabasePath, away);
        await hub.DriveAsync(UntilAsync(() => hub.Queue.FailingSince is not null));

        File.Move(away, hub.DatabasePath);

        await hub.DriveAsync(UntilAsync(() => hub.Queue.FailingSince is null));
        await hub.DriveAsync(UntilAsync(() => Scalar(hub, "SELECT count(*) FROM rooms WHERE HasRemains") == 0));
        Assert.Equal(0, Count(hub, "events", room.Log.Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hub_That_Stopped_In_The_Middle_Goes_On_After_The_Next_Start(bool isCrash)
    {
        await using var hub = await LogUnderTest.StartAsync(new FakeTimeProvider(), null, ("Rooms:Tick", "00:00:00"));
        using var room = await CreateLargeRoomAsync(hub, events: 20_000);
        await DeleteAsync(room.Log);

        await (isCrash ? hub.CrashAsync() : hub.RestartAsync());
        Assert.NotEqual(0, Count(hub, "events", room.Log.Key));

        await hub.DriveAsync(UntilAsync(() => Scalar(hub, "SELECT count(*) FROM rooms WHERE HasRemains") == 0));
        Assert.Equal(0, Count(hub, "events", room.Log.Key));
        Assert.Null(await hub.Rooms.TryOpenAsync(room.Log.Id, CancellationToken));
    }

    [Theory]
    [InlineData(1_200, 10, 512)]
    [InlineData(20, 300_000, 4)]
    [InlineData(3, 2_000_000, 1)]
    public async Task Slice_Of_Events_Is_Bounded_In_Rows_And_In_Bytes_And_Takes_One_At_Least(int events, int bytes, int removed)
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        await UntilAsync(() => !hub.Get<ILogWriter>().MayHaveRemains);
        hub.Execute(
            $"DELETE FROM events; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {events}) INSERT INTO "
            + $"events (RoomKey, Sequence, At, Type, Run, By, Data) SELECT {room.Log.Key}, i, 0, 'chunk', 'r', NULL, "
            + $"printf('%.{bytes}c', 'x') FROM n");
        hub.Execute(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {events}) INSERT INTO runs (Id, RoomKey, "
            + $"HasEnded, FirstSequence, Task, Text, View) SELECT printf('%08d', i), {room.Log.Key}, 1, i, '', printf('%.{bytes}c', "
            + "'x'), '' FROM n");
        hub.Execute("UPDATE rooms SET HasRemains = 1");

        Slice(hub);
        Assert.Equal(events - removed, Count(hub, "events", room.Log.Key));

        hub.Execute("DELETE FROM events");
        Slice(hub);
        Assert.Equal(events - removed, Count(hub, "runs", room.Log.Key));
    }

    private static void Slice(LogUnderTest hub)
    {
        using var connection = new SqliteConnection($"Data Source={hub.DatabasePath};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Assert.True(DeletedRoomSweeper.RemoveSlice(transaction));
        transaction.Commit();
    }

    private static Run RunOf(string id, string member) => new()
    {
        Id = id,
        Kind = "agent",
        Agent = new RunAgent("Writer", null),
        Task = "Test",
        State = RunStates.Running,
        By = member,
        QueuedAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task<RoomLease> CreateLargeRoomAsync(LogUnderTest hub, int events)
    {
        var creating = hub.CreateRoomAsync();
        await hub.DriveAsync(creating);
        var room = await creating;
        var (member, run) = ($"member-{room.Log.Key}", $"run-{room.Log.Key}");
        byte[] secret = [.. BitConverter.GetBytes(room.Log.Key)];
        await room.Log.AppendNowAsync(
            [LogUnderTest.Event(EventTypes.Message, new { text = "hello" }, by: member)],
            CancellationToken,
            new RoomChange.AddMember(new Member
            {
                Id = member,
                Name = "Ann",
                Role = MemberRoles.Host,
                JoinedAt = DateTimeOffset.UnixEpoch,
            }),
            new RoomChange.AddInvite($"invite-{room.Log.Key}", MemberRoles.Viewer, secret, secret, null, DateTimeOffset.UnixEpoch),
            new RoomChange.AddReaction(member, 1, "👍"),
            new RoomChange.BindRunKey(run, member, "key", secret),
            new RoomChange.SaveRun(RunOf(run, member), LogUnderTest.RunKey));
        for (var left = events; left > 0; left -= 1_000)
        {
            await room.Log.AppendNowAsync(
                [.. Enumerable.Range(0, Math.Min(left, 1_000)).Select(i => LogUnderTest.Chunk($"{i}"))], CancellationToken);
        }

        return room;
    }

    private static Task<long> DeleteAsync(RoomLog log) =>
        log.AppendNowAsync([], CancellationToken, new RoomChange.DeleteRoom(DateTimeOffset.UnixEpoch));

    private static long Count(LogUnderTest hub, string table, long room) =>
        Scalar(hub, $"SELECT count(*) FROM {table} WHERE RoomKey = {room}");

    private static long Scalar(LogUnderTest hub, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={hub.DatabasePath};Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // The SQL is the test's own.
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private static Task UntilAsync(Func<bool> condition) => Task.Run(async () =>
    {
        while (!condition())
            await Task.Yield();
    }).InTime();
}
