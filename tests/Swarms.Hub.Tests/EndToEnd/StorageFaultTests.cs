using System.Text.Json;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>What becomes of a run, its viewers and those who want something while the disk takes no writes, and afterwards.</summary>
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

            // Nothing was shown that is not stored, and nobody is promised anything.
            using (var lease = await hub.Get<RoomRegistry>().OpenAsync(host.Room, TestContext.Current.CancellationToken))
                await viewer.WaitAsync(() => viewer.Cursor == lease.Log.Cursor.ToString());

            Assert.DoesNotContain(viewer.Events, e => e.Type == EventTypes.Done);
            (await host.TryStartAsync()).IsProblem(503, ErrorCodes.StorageUnavailable);
            (await host.PostAsync($"{host.Path}/messages", new { text = "hello?" })).IsProblem(503, ErrorCodes.StorageUnavailable);
            (await host.PostAsync("/v1/agent/completions", RunCalls.Story)).IsDetail(503);
            Assert.Equal(503, (await hub.Anybody().GetAsync("/readyz")).Status);
        }

        var ended = await viewer.EndOfAsync(run.Id);

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

    private static Task FailingAsync(HubUnderTest hub) => Task.Run(async () =>
    {
        while (hub.Get<ICommitQueue>().FailingSince is null)
            await Task.Yield();
    }).InTime();

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
