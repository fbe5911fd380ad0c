using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage.Sqlite;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>Runs, viewers and callers while the disk takes no writes, and afterwards.</summary>
public sealed class StorageFaultTests
{
    private const int Chunks = 300;

    [Fact]
    public async Task Disk_That_Is_Full_Holds_The_Run_Back_And_Everything_Goes_On_When_There_Is_Room()
    {
        using var disk = SmallDisk.TryMount();
        Assert.SkipWhen(disk is null, "This user may not mount a small disk.");

        await EndureAsync(hub => disk!.Fill(), ("Storage:Path", disk!.DatabasePath));
    }

    [Fact]
    public Task Database_That_Somebody_Else_Holds_Holds_The_Run_Back_And_Everything_Goes_On_When_It_Is_Free() =>
        EndureAsync(hub => new HeldDatabase(hub.DatabasePath));

    [Fact]
    public Task Database_That_Is_Gone_Holds_The_Run_Back_And_Everything_Goes_On_When_It_Is_Back() =>
        EndureAsync(hub => new MissingFile(hub.DatabasePath));

    [Fact]
    public Task Disk_That_Fails_To_Write_Holds_The_Run_Back_And_Everything_Goes_On_When_It_Works_Again() => EndureAsync(DiskFaults.Write);

    [Fact]
    public Task Disk_That_Fails_To_Sync_Holds_The_Run_Back_And_Everything_Goes_On_When_It_Works_Again() =>
        EndureAsync(DiskFaults.Sync, ("Storage:Durability", "Full"));

    [Fact]
    public Task Disk_That_Fails_To_Read_Holds_The_Run_Back_And_Everything_Goes_On_When_It_Works_Again() => EndureAsync(DiskFaults.Read);

    [Fact]
    public Task Disk_That_Fails_In_Every_Way_Holds_The_Run_Back_And_Everything_Goes_On_When_It_Works_Again() =>
        EndureAsync(DiskFaults.Read | DiskFaults.Write | DiskFaults.Sync, ("Storage:Durability", "Full"));

    [Fact]
    public async Task Disk_That_Fails_To_Sync_Holds_Back_The_Ending_And_Not_The_Chunks_Before_It()
    {
        using var disk = new FaultyDisk();
        await using var scripted = await ScriptedHub.StartAsync(("Storage:Path", disk.DatabasePath));
        scripted.Hub.Expect(LogLevel.Error);
        var (viewer, run, finish) = await SpeakAsync(scripted, () => disk.Fail(DiskFaults.Sync));
        await using (viewer)
        {
            finish.SetResult();
            await viewer.WaitAsync(() => viewer.Frames[^1] is { Kind: FrameKinds.Storage, IsAvailable: false });
            Assert.Equal(EventTypes.Chunk, viewer.Events[^1].Type);
            (await scripted.Host.TryStartAsync()).IsProblem(503, ErrorCodes.StorageUnavailable);

            disk.Fail(DiskFaults.Sync).Dispose();

            var ended = await viewer.EndOfAsync(run.Id);
            Assert.Equal((EventTypes.Done, Speech.DigestOf(ended.Text!)), (ended.State, ended.Sha256));
            Assert.Equal((await scripted.Host.EventsAsync()).Skip(2).Select(Text), viewer.Events.Select(Text));
        }
    }

    [Fact]
    public async Task Slow_Syncs_Hold_Up_What_Is_Synced_And_Not_The_Chunks()
    {
        using var disk = new FaultyDisk();
        await using var scripted = await ScriptedHub.StartAsync(("Storage:Path", disk.DatabasePath));
        var syncs = 0;
        var (viewer, run, finish) = await SpeakAsync(scripted, () =>
        {
            disk.SyncTime = TimeSpan.FromMilliseconds(300);
            syncs = disk.Syncs;
        });
        await using (viewer)
        {
            // On a busy machine the hub may be idle for two seconds here, and then checkpoints: that syncs the log and the file once each,
            // and may be between the two. A sync for each chunk would be many.
            Assert.InRange(disk.Syncs - syncs, 0, 2);
            var said = Stopwatch.GetTimestamp();
            Assert.Equal(201, (await scripted.Host.PostAsync($"{scripted.Host.Path}/messages", new { text = "well said" })).Status);
            Assert.True(Stopwatch.GetElapsedTime(said) >= disk.SyncTime);

            finish.SetResult();

            var ended = await viewer.EndOfAsync(run.Id);
            Assert.Equal((EventTypes.Done, Speech.DigestOf(ended.Text!)), (ended.State, ended.Sha256));
            Assert.Equal((await scripted.Host.EventsAsync()).Skip(2).Select(Text), viewer.Events.Select(Text));
            Assert.DoesNotContain(viewer.Frames, frame => frame.Kind == FrameKinds.Storage);
        }
    }

    // Returns a run whose text is complete, a viewer that has seen it, and the signal for which the run's ending waits.
    private static async Task<(TestViewer Viewer, Run Run, TaskCompletionSource Finish)> SpeakAsync(
        ScriptedHub scripted, Action afterTheFirstWord)
    {
        var (begin, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        scripted.Upstream.Answer()
            .Body(Sse.Chunk("Once ")).WaitFor(begin.Task)
            .Body(string.Concat(Enumerable.Range(0, Chunks).Select(i => Sse.Chunk($"{i} ")))).WaitFor(finish.Task)
            .Body(Sse.Done);
        var viewer = await TestViewer.JoinAsync(scripted.Hub.Address, scripted.Host.Admission);
        var run = await scripted.Host.StartAsync();
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        afterTheFirstWord();
        begin.SetResult();
        await viewer.WaitAsync(() => viewer.Events.Count(e => e.Type == EventTypes.Chunk) == Chunks + 1);
        return (viewer, run, finish);
    }

    private static async Task EndureAsync(DiskFaults faults, params (string Name, string Value)[] settings)
    {
        using var disk = new FaultyDisk();
        await EndureAsync(Break, [("Storage:Path", disk.DatabasePath), .. settings]);
        Assert.True(disk.Failures > 0);

        IDisposable Break(HubUnderTest hub)
        {
            // A foreign commit invalidates the cached pages of the hub's connections, so they must read the disk.
            Execute(disk.DatabasePath, "PRAGMA user_version = 1");
            return disk.Fail(faults);
        }
    }

    private static async Task EndureAsync(Func<HubUnderTest, IDisposable> breakDisk, params (string Name, string Value)[] settings)
    {
        await using var scripted = await ScriptedHub.StartAsync([("Storage:MaxPendingEvents", "16"), .. settings]);
        var (hub, host) = (scripted.Hub, scripted.Host);
        hub.Expect(LogLevel.Error);
        var isBroken = new TaskCompletionSource();
        scripted.Upstream.Answer()
            .Body(Sse.Chunk("Once ")).WaitFor(isBroken.Task)
            .Body(string.Concat(Enumerable.Range(0, Chunks).Select(i => Sse.Chunk($"{i} ".PadRight(1000, 'x'))))).Body(Sse.Done);
        await using var viewer = await TestViewer.JoinAsync(hub.Address, host.Admission);
        var run = await host.StartAsync();
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);

        using (breakDisk(hub))
        {
            isBroken.SetResult();
            await scripted.HeldBackAsync();
            await FailingAsync(hub);

            // Viewers saw only stored events, and no caller was promised anything.
            using (var lease = await hub.Get<RoomRegistry>().OpenAsync(host.Room, TestContext.Current.CancellationToken))
                await viewer.WaitAsync(() => viewer.Cursor == lease.Log.Position.ToString());

            await viewer.WaitAsync(() => viewer.Frames[^1] is { Kind: FrameKinds.Storage, IsAvailable: false });
            Assert.DoesNotContain(viewer.Events, e => e.Type == EventTypes.Done);
            (await host.TryStartAsync()).IsProblem(503, ErrorCodes.StorageUnavailable);
            (await host.PostAsync($"{host.Path}/messages", new { text = "hello?" })).IsProblem(503, ErrorCodes.StorageUnavailable);
            (await host.PostAsync("/v1/agent/completions", RunCalls.Story)).IsDetail(503);
            Assert.Equal(503, (await hub.Anybody().GetAsync("/readyz")).Status);
        }

        var ended = await viewer.EndOfAsync(run.Id);

        await viewer.WaitAsync(() => viewer.Frames.Any(frame => frame.IsAvailable == true));
        Assert.Equal(EventTypes.Done, ended.State);
        Assert.Equal(ended.Sha256, Speech.DigestOf(ended.Text!));
        Assert.EndsWith($"{Chunks - 1} ".PadRight(1000, 'x'), ended.Text, StringComparison.Ordinal);
        var log = await host.EventsAsync();
        Assert.Equal(log.Skip(2).Select(Text), viewer.Events.Select(Text));
        scripted.Upstream.Answer().Body(Sse.Chunk("again") + Sse.Done);
        await host.EndsOnceAsync((await host.StartAsync()).Id);
        Assert.Equal(200, (await hub.Anybody().GetAsync("/readyz")).Status);
        Assert.DoesNotContain(await host.EventsAsync(), e => e.Type == EventTypes.Message);
    }

    private static Task FailingAsync(HubUnderTest hub) =>
        Until.TrueAsync(() => hub.Get<ICommitQueue>().FailingSince is not null);

    private static void Execute(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        SqliteDatabase.Execute(connection, sql);
    }

    private static string Text(RoomEvent roomEvent) => JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);

    private sealed class MissingFile : IDisposable
    {
        private readonly string _path;

        public MissingFile(string path)
        {
            _path = path;
            File.Move(path, path + ".away");
        }

        public void Dispose() => File.Move(_path + ".away", _path);
    }
}
