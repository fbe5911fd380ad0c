using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Hosting;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// Backups of a busy hub, plain copies of an idle one, and the frames of viewers who saw more than these hold.
/// <c>SWARMS_HUB_BACKUPS</c> sets the number of backups (3 in the suite).
/// </summary>
public sealed class BackupTests : IDisposable
{
    private static readonly int Backups = int.Parse(
        Environment.GetEnvironmentVariable("SWARMS_HUB_BACKUPS") ?? "3", CultureInfo.InvariantCulture);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-backups-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Backups_Of_A_Busy_Hub_Are_Prefixes_Of_What_Viewers_Saw_And_Who_Saw_More_Is_Not_Resumed_In_Them()
    {
        // The viewer is sent every event, even on a slow machine.
        await using var hub = await HubProcess.StartNewAsync("--Rooms:MaxBehindEvents=1000000");
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        for (var i = 0; i < 6; i++)
            await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 200, seed = i });

        var (backup, head) = ("", 0L);
        for (var i = 0; i < Backups; i++)
        {
            var seen = Sequence(viewer.Cursor);
            await viewer.WaitAsync(() => Sequence(viewer.Cursor) > seen + 300);
            backup = Path.Combine(_folder.FullName, $"backup-{i}.db");
            (await RunAsync(hub, "backup", backup)).Printed(@"Backed up to .+, [\d,]+ bytes\. Every link fits; rooms: 1, events: \d+\.");
            head = await IsPrefixAsync(backup, viewer);
            await viewer.WaitAsync(() => Sequence(viewer.Cursor) > head);
            (await RunAsync(hub, "verify", backup, "--cursor", await hub.CursorAtAsync(room, head))).Ended(0);
            (await RunAsync(hub, "verify", backup, "--cursor", await hub.CursorAtAsync(room, head + 1))).Ended(1);
        }

        var held = viewer.Frames.Last(frame => Sequence(frame.Cursor) <= head).Cursor;
        string[] within = [held, await hub.CursorAtAsync(room, head)];
        // A hub on the backup ends the run at a sequence that another event has here.
        string[] beyond = [await hub.CursorAtAsync(room, head + 1), await ReadFeedAsync(hub, room), viewer.Cursor];
        await hub.KillAsync();

        await using var restored = new HubProcess();
        (await RunAsync(restored, "restore", backup)).Ended(0);
        await restored.StartAsync();
        await AreToldAsync(restored, room, within, beyond);
    }

    [Fact]
    public async Task Plain_Copy_Of_An_Idle_Hub_Holds_Everything_And_Who_Saw_More_Is_Resumed_By_The_Original_Alone()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        await viewer.EndOfAsync((await hub.StartRunAsync(room, new { chunks = 200, chunksPerSecond = 0 })).Id);
        await IsFoldedAsync(hub.DatabasePath);

        await using var other = new HubProcess();
        File.Copy(hub.DatabasePath, other.DatabasePath);
        var head = await IsPrefixAsync(other.DatabasePath, viewer);
        Assert.Equal(head, Sequence(viewer.Cursor));
        (await RunAsync(other, "verify", "--cursor", viewer.Cursor))
            .Printed($@"Every link fits; rooms: 1, events: {head}\.", "The cursor is of this history, .+");

        var atCopy = viewer.Cursor;
        var kept = Path.Combine(_folder.FullName, "kept.db");
        File.Copy(other.DatabasePath, kept);
        await viewer.EndOfAsync((await hub.StartRunAsync(room, new { chunks = 20, chunksPerSecond = 0 })).Id);
        string[] beyond = [await hub.CursorAtAsync(room, head + 1), viewer.Cursor];
        // The same happens on the copy, but as another history.
        await other.StartAsync();
        await using (var elsewhere = await TestViewer.JoinAsync(other.Address, room))
            await elsewhere.EndOfAsync((await other.StartRunAsync(room, new { chunks = 20, chunksPerSecond = 0 })).Id);

        await AreToldAsync(other, room, [atCopy], beyond);
        await AreToldAsync(hub, room, [atCopy, .. beyond], []);

        // After a stop the copy replaces the original.
        Assert.Equal(0, await hub.StopAsync());
        File.Copy(kept, hub.DatabasePath, overwrite: true);
        await hub.StartAsync();
        await AreToldAsync(hub, room, [atCopy], beyond);
    }

    private static Task<HubStart> RunAsync(HubProcess hub, params string[] command) =>
        HubStart.TryAsync(hub.Directory, [.. command, "--Storage:Path", hub.DatabasePath]);

    /// <summary>Requires that each event of the file is exactly the one that the viewer saw; returns the last sequence.</summary>
    private static async Task<long> IsPrefixAsync(string path, TestViewer viewer)
    {
        var events = ReadEvents(path);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.Sequence));
        await viewer.WaitAsync(() => Sequence(viewer.Cursor) >= events.Count);
        var joinedAt = (int)Sequence(viewer.Frames[0].Cursor);
        Assert.Equal(events.Skip(joinedAt).Select(Json), viewer.Events.Take(events.Count - joinedAt).Select(Json));
        return events.Count;
    }

    private static List<RoomEvent> ReadEvents(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        using var context = new HubDbContext(new DbContextOptionsBuilder<HubDbContext>().UseSqlite(connection).Options);
        return [.. context.Events.AsNoTracking().OrderBy(row => row.Sequence).AsEnumerable().Select(row => row.ToRoomEvent())];
    }

    /// <summary>
    /// Requires over both doors that viewers with the first cursors resume with all later events, and the others diverge.
    /// </summary>
    private static async Task AreToldAsync(HubProcess hub, RoomAdmission room, string[] resumed, string[] diverged)
    {
        var log = await hub.ReadEventsAsync(room);
        foreach (var cursor in resumed)
        {
            var missed = log.Skip((int)Sequence(cursor)).Select(Json).ToList();
            await using var viewer = await TestViewer.JoinAsync(hub.Address, room, cursor);
            Assert.Equal((FrameKinds.Resumed, log.Count), (viewer.Frames[0].Kind, viewer.Frames[0].Head));
            await viewer.WaitAsync(() => viewer.Events.Count >= missed.Count);
            Assert.Equal(missed, viewer.Events.Select(Json));

            await using var feed = await OpenFeedAsync(hub, room, ("Last-Event-ID", cursor));
            Assert.Equal(FrameKinds.Resumed, (await feed.NextAsync())?.EventType);
            foreach (var expected in missed)
            {
                Assert.Equal(
                    expected, Json(JsonSerializer.Deserialize<RoomEvent>((await feed.NextAsync())!.Value.Data, ProtocolJson.Options)!));
            }
        }

        foreach (var cursor in diverged)
        {
            await using var viewer = await TestViewer.JoinAsync(hub.Address, room, cursor);
            Assert.Equal((FrameKinds.Snapshot, SnapshotReasons.Diverged), (viewer.Frames[0].Kind, viewer.Frames[0].Reason));
            Assert.Equal(log.Count, Sequence(viewer.Cursor));

            await using var feed = await OpenFeedAsync(hub, room, ("Last-Event-ID", cursor));
            var first = (await feed.NextAsync())!.Value;
            Assert.Equal(FrameKinds.Snapshot, first.EventType);
            Assert.Equal(
                (SnapshotReasons.Diverged, viewer.Cursor),
                (JsonElement.Parse(first.Data).GetProperty("reason").GetString(), first.EventId));
        }
    }

    /// <summary>Returns the id of the last event that a viewer over server-sent events gets.</summary>
    private static async Task<string> ReadFeedAsync(HubProcess hub, RoomAdmission room)
    {
        await using var feed = await OpenFeedAsync(hub, room);
        await feed.NextAsync();
        return (await feed.NextAsync())!.Value.EventId!;
    }

    private static Task<FeedReader> OpenFeedAsync(HubProcess hub, RoomAdmission room, params (string Name, string Value)[] headers) =>
        FeedReader.OpenAsync(new Caller(hub.Address, room.Token), $"/api/rooms/{room.Room.Id}/events", headers);

    /// <summary>Waits until the one file of an idle hub holds everything.</summary>
    private static async Task IsFoldedAsync(string database)
    {
        var folded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(database)!, Path.GetFileName(database) + "-wal");
        watcher.Changed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await folded.Task.InTime();

        void Look()
        {
            if (new FileInfo(database + "-wal").Length == 0)
                folded.TrySetResult();
        }
    }

    private static long Sequence(string cursor) =>
        RoomCursor.TryParse(cursor, out var parsed) ? parsed.Sequence : throw new InvalidOperationException(cursor);

    private static string Json(RoomEvent roomEvent) => JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);
}
