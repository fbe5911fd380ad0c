using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage.Commands;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>A database of the version without links opens, and each room's chain begins at the room's head.</summary>
public sealed class LinksMigrationTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-old-");
    private LogUnderTest _hub = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "hub.db");

    public async ValueTask InitializeAsync()
    {
        var options = new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={Database};Pooling=false").Options;
        await using (var old = new HubDbContext(options))
        {
            await old.GetService<IMigrator>().MigrateAsync("20261124153000_ReactionsAndRemains", CancellationToken);
            foreach (var sql in (string[])
            [
                "INSERT INTO settings VALUES ('epoch', '31e66ae0'), ('closed-cleanly', '1')",
                "INSERT INTO rooms VALUES (7, 'old', 'Old', 0, NULL, 0), (8, 'deleted', '', 0, 5, 0)",
                // The members joined in the order of the log, which is not that of their ids.
                "INSERT INTO members VALUES ('m2', 7, 'Ada', 'host', 0, 0, 0), ('m1', 7, 'Bob', 'viewer', 0, 0, 0)",
                "INSERT INTO events SELECT 7, 1, 0, 'member.joined', NULL, 'm2', "
                    + "json('{{\"member\":{{\"id\":\"m2\",\"name\":\"Ada\",\"role\":\"host\"}}}}')",
                "INSERT INTO events SELECT 7, 2, 0, 'member.joined', NULL, 'm1', "
                    + "json('{{\"member\":{{\"id\":\"m1\",\"name\":\"Bob\",\"role\":\"viewer\"}}}}')",
                "INSERT INTO events SELECT 7, 3, 0, 'message', NULL, 'm1', json('{{\"text\":\"hello\"}}')",
                "INSERT INTO events SELECT 7, 4, 0, 'run.queued', 'r2', 'm2', "
                    + "json('{{\"kind\":\"agent\",\"agent\":{{\"name\":null,\"model\":null}},\"task\":\"t\",\"position\":0}}')",
                "INSERT INTO runs SELECT 'r2', 7, 0, 4, 't', NULL, "
                    + "json('{{\"id\":\"r2\",\"kind\":\"agent\",\"agent\":{{\"name\":null,\"model\":null}},\"task\":\"t\","
                    + "\"state\":\"queued\",\"by\":\"m2\",\"queuedAt\":\"2026-01-01T00:00:00.000Z\"}}')",
            ])
                await old.Database.ExecuteSqlRawAsync(sql, CancellationToken);
        }

        _hub = await LogUnderTest.StartAsync(("Storage:Path", Database));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Chain_Begins_At_The_Head_And_Goes_On_From_There()
    {
        using var room = await _hub.Rooms.OpenAsync("old", CancellationToken);
        var origin = room.Log.Position;
        Assert.Equal(4, origin.Sequence);
        await room.Log.AppendNowAsync([LogUnderTest.Event(EventTypes.Message, new { text = "new" }, by: "m1")], CancellationToken);
        var after = room.Log.Position;

        await _hub.RestartAsync();
        using var again = await _hub.Rooms.OpenAsync("old", CancellationToken);

        Assert.Equal(after, again.Log.Position);
        await using var frames = _hub.CreateViewer(again.Log)
            .ReadAsync(ViewerStart.At(origin.ToString()), CancellationToken)
            .GetAsyncEnumerator(CancellationToken);
        Assert.True(await frames.MoveNextAsync());
        Assert.Equal((FrameKinds.Resumed, origin.ToString()), (frames.Current.Kind, frames.Current.Cursor));
        Assert.True(await frames.MoveNextAsync());
        Assert.Equal(after.ToString(), frames.Current.Cursor);
    }

    [Fact]
    public async Task What_Is_Older_Than_The_Chain_Is_Read_By_Plain_Sequences()
    {
        using var room = await _hub.Rooms.OpenAsync("old", CancellationToken);

        var page = (await room.Log.ReadStoreAsync(0, 4, 2, CancellationToken))!;
        await using var frames = _hub.CreateViewer(room.Log)
            .ReadAsync(ViewerStart.Parse(page.Cursor), CancellationToken)
            .GetAsyncEnumerator(CancellationToken);
        Assert.True(await frames.MoveNextAsync());

        Assert.Equal(("2", "2"), (page.Cursor, frames.Current.Cursor));
        Assert.True(await frames.MoveNextAsync());
        Assert.Equal((4, room.Log.Position.ToString()), (frames.Current.Sequence, frames.Current.Cursor));
    }

    [Fact]
    public async Task Cursor_Of_The_Old_Form_Gets_A_Snapshot()
    {
        using var room = await _hub.Rooms.OpenAsync("old", CancellationToken);
        await using var frames = _hub.CreateViewer(room.Log)
            .ReadAsync(ViewerStart.At("31e66ae0:3"), CancellationToken)
            .GetAsyncEnumerator(CancellationToken);

        Assert.True(await frames.MoveNextAsync());

        Assert.Equal(FrameKinds.Snapshot, frames.Current.Kind);
    }

    [Fact]
    public async Task Members_Stand_In_The_Order_Of_The_Log_And_A_Run_That_Was_Open_Can_Be_Ended()
    {
        using var room = await _hub.Rooms.OpenAsync("old", CancellationToken);
        Assert.Equal(["m2", "m1"], room.Log.Query(state => state.Members.Select(member => member.Id).ToList()));
        var run = room.Log.Query(state => state.FindRun("r2")!.ToRun());
        Assert.Null(await _hub.Store.FindDataKeyAsync(room.Log.Key, "r2", CancellationToken));

        var identity = new RunIdentity("r2", DataKey.Create());
        var ending = PendingEvent.OfRun(DateTimeOffset.UnixEpoch, EventTypes.Interrupted, identity, null, new { reason = "hub_crashed" });
        await room.Log.AppendNowAsync([ending], CancellationToken, new RunChange.Save(run, identity.Key));

        using var connection = DatabaseFile.Open(Database);
        var verified = LogVerifier.Verify(connection);
        Assert.Equal((1, 1L, 4L), (verified.Rooms, verified.Events, verified.OlderEvents));
        Assert.Empty(verified.Misfits);
    }

    [Fact]
    public void Events_Still_Lie_In_One_Tree_In_Order()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = new SqliteCommand("SELECT sql FROM sqlite_schema WHERE name = 'events'", connection);

        Assert.EndsWith("WITHOUT ROWID", (string)command.ExecuteScalar()!, StringComparison.Ordinal);
    }
}
