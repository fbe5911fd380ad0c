using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Swarms.Hub.Hosting;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>A hub whose folder becomes read-only, while it runs and before it starts.</summary>
public sealed class ReadOnlyFolderTests : IAsyncLifetime
{
    private readonly IReadOnlyList<string>? _launcher = UnprivilegedUser.FindLauncher();
    private HubProcess _hub = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(
            _launcher is null, "Nothing can be read-only here: the tests run as root, and cannot start the hub as anybody else.");

        _hub = new HubProcess { Launcher = _launcher };
        UnprivilegedUser.Give(_hub.Directory);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task What_A_Viewer_Sees_In_A_Folder_That_Became_Read_Only_Is_Stored()
    {
        await _hub.StartAsync();
        var room = await _hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, room);
        var run = await _hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 200 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);

        using (new ReadOnlyFolder(_hub.Directory))
        {
            // Open files stay writable, even in a read-only folder.
            var seen = viewer.Events.Count;
            await viewer.WaitAsync(() => viewer.Events.Count > seen + 100);
            await _hub.KillAsync();
            await viewer.EndAsync();

            (await TryStartAsync()).IsRefusedWith("The storage cannot be used", _hub.DatabasePath);
        }

        await _hub.StartAsync();
        var log = await _hub.ReadEventsAsync(room);
        Assert.All(viewer.Events, seen => Assert.Equal(Json(seen), Json(log[(int)seen.Sequence - 1])));
        Assert.Equal(EventTypes.Interrupted, log.Last(e => e.Run == run.Id).Type);
    }

    [Fact]
    public async Task Folder_That_Is_Read_Only_When_The_Database_Is_Opened_Anew_Holds_The_Run_Back_Until_It_Is_Writable()
    {
        await _hub.StartAsync("--Storage:MaxPendingEvents=16");
        var room = await _hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, room);
        var run = await _hub.StartRunAsync(room, new { chunks = 400, chunksPerSecond = 200 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        File.Move(_hub.DatabasePath, _hub.DatabasePath + ".away");
        await viewer.WaitAsync(() => viewer.Frames[^1] is { Kind: FrameKinds.Storage, IsAvailable: false });

        using (new ReadOnlyFolder(_hub.Directory))
        {
            File.Move(_hub.DatabasePath + ".away", _hub.DatabasePath);
            using var client = _hub.CreateClient(room.Token);
            // The loop lasts long enough for a few retries of the hub.
            for (var i = 0; i < 5; i++)
            {
                using var refusal = await client.PostAsJsonAsync(
                    $"api/rooms/{room.Room.Id}/runs", new { request = new { task = "Test" } }, CancellationToken);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
                using var readiness = await client.GetAsync("readyz", CancellationToken);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, readiness.StatusCode);
            }

            Assert.Equal(FrameKinds.Storage, viewer.Frames[^1].Kind);
        }

        var ended = await viewer.EndOfAsync(run.Id);
        Assert.Equal((EventTypes.Done, Speech.DigestOf(ended.Text!)), (ended.State, ended.Sha256));
        Assert.True(viewer.Frames.Last(frame => frame.Kind == FrameKinds.Storage).IsAvailable);
        Assert.Equal((await _hub.ReadEventsAsync(room)).Skip(2).Select(Json), viewer.Events.Select(Json));
    }

    [Fact]
    public async Task Hub_Refuses_A_Database_That_It_May_Only_Read()
    {
        await _hub.StartAsync();
        await _hub.StopAsync();

        using (new ReadOnlyFolder(_hub.Directory))
            (await TryStartAsync()).IsRefusedWith("The storage cannot be used", _hub.DatabasePath, "may write");

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_hub.DatabasePath, UnixFileMode.UserRead);

        (await TryStartAsync()).IsRefusedWith("The storage cannot be used", _hub.DatabasePath, "read-only", "may write");
    }

    private Task<HubStart> TryStartAsync() =>
        HubStart.TryAsync("/", ["--urls", "http://127.0.0.1:0", "--Storage:Path", _hub.DatabasePath], _launcher);

    private static string Json(RoomEvent roomEvent) => JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);
}
