using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>The rows of a deleted room are removed slice by slice, without delaying commits.</summary>
public sealed class DeletedRoomSweeperTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deleted_Room_Goes_Slice_By_Slice_Between_The_Commits_Of_Others()
    {
        // The clock stands still, so slices are removed only between commits.
        await using var hub = await LogUnderTest.StartAsync(new FakeTimeProvider(), null, ("Rooms:Tick", "00:00:00"));
        using var other = await hub.CreateRoomAsync();
        using var room = await CreateLargeRoomAsync(hub, events: 5_000);

        await DeleteAsync(room.Log);

        Assert.InRange(Count(hub, "events", room.Log.Key), 3_900, 5_002);
        for (var before = Count(hub, "events", room.Log.Key); before > 0;)
        {
            // The commit waits for at most one slice, and at most one slice follows it.
            await other.Log.AppendNowAsync([LogUnderTest.Chunk("meanwhile")], CancellationToken);
            await UntilAsync(() => Count(hub, "events", room.Log.Key) < before);
            var after = Count(hub, "events", room.Log.Key);
            Assert.InRange(before - after, 1, 3 * 512);
            before = after;
        }
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
            new MemberChange.Add(new Member { Id = member, Name = "Ann", Role = MemberRoles.Host, JoinedAt = DateTimeOffset.UnixEpoch }),
            new InviteChange.Add(
                new Invite { Id = $"invite-{room.Log.Key}", Role = MemberRoles.Viewer, ExpiresAt = default }, secret, secret),
            new AddReaction(member, 1, "👍"),
            new RunChange.BindKey(run, member, "key", secret),
            new RunChange.Save(RunOf(run, member), LogUnderTest.RunKey));
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

    private static Task UntilAsync(Func<bool> condition) => Until.TrueAsync(condition);
}
