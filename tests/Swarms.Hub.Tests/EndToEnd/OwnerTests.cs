using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Hosting;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>A database has one hub as long as that hub lives. A start that fails or is stopped has touched nothing.</summary>
public sealed class OwnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-owner-");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Second_Start_Is_Refused_And_The_First_Notices_Nothing(bool isOnSamePort, bool isThroughLink)
    {
        await using var hub = await HubProcess.StartNewAsync();
        var (streaming, slow, idle) = (await hub.CreateRoomAsync(), await hub.CreateRoomAsync(), await hub.CreateRoomAsync());
        await using var viewer = await TestViewer.JoinAsync(hub.Address, streaming);
        await using var waiting = await TestViewer.JoinAsync(hub.Address, slow);
        var stream = await hub.StartRunAsync(streaming, new { chunks = 100_000, chunksPerSecond = 200 });
        var answer = await hub.StartRunAsync(slow, new { chunks = 3, firstChunkAfterMs = 2_500, chunksPerSecond = 0 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        var path = hub.DatabasePath;
        if (isThroughLink)
            File.CreateSymbolicLink(path = Path.Combine(_folder.FullName, "link.db"), hub.DatabasePath);

        var urls = isOnSamePort ? hub.Address.GetLeftPart(UriPartial.Authority) : "http://127.0.0.1:0";
        var second = await HubStart.TryAsync(_folder.FullName, "--urls", urls, "--Storage:Path", path);

        second.IsRefusedWith("The storage cannot be used: another hub is running on", hub.DatabasePath);
        var seen = viewer.Events.Count;
        await viewer.WaitAsync(() => viewer.Events.Count > seen + 50);
        Assert.Equal(RunStates.Running, viewer.FindRun(stream.Id)!.State);
        Assert.Equal(EventTypes.Done, (await waiting.EndOfAsync(answer.Id)).State);
        foreach (var room in new[] { streaming, slow, idle })
            Assert.Equal(201, await SayAsync(hub, room));

        Assert.Single(viewer.Frames, frame => frame.Kind == FrameKinds.Snapshot);
        Assert.DoesNotContain("fail:", hub.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_Two_Starts_At_One_Moment_One_Is_The_Hub_And_The_Other_Is_Refused()
    {
        var path = Path.Combine(_folder.FullName, "hub.db");
        for (var i = 0; i < 3; i++)
        {
            await using var one = HubStart.Begin(_folder.FullName, "--urls", "http://127.0.0.1:0", "--Storage:Path", path);
            await using var two = HubStart.Begin(_folder.FullName, "--urls", "http://127.0.0.1:0", "--Storage:Path", path);
            var (first, second) = (one.EndAsync(), two.EndAsync());
            var (refused, other) = await Task.WhenAny(first, second).InTime() == first ? (first, two) : (second, one);

            (await refused).IsRefusedWith("another hub is running on", path);
            await other.ReadyAsync();
            Assert.Equal(0, (await other.StopAsync()).ExitCode);
        }
    }

    [Fact]
    public async Task Start_On_A_Busy_Port_Leaves_No_Trace_But_The_Lock_File()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var urls = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var path = Path.Combine(_folder.FullName, "hub.db");

        (await HubStart.TryAsync(_folder.FullName, "--urls", urls, "--Storage:Path", path)).IsRefusedWith("cannot listen");

        Assert.Equal(["hub.db.lock"], _folder.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task Start_On_A_Busy_Port_Costs_Nobody_A_Snapshot()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        await hub.StopAsync();
        var before = SHA256.HashData(await File.ReadAllBytesAsync(hub.DatabasePath, CancellationToken));
        using (var listener = new TcpListener(IPAddress.Loopback, hub.Address.Port))
        {
            listener.Start();
            (await HubStart.TryAsync(_folder.FullName, "--urls", hub.Address.ToString(), "--Storage:Path", hub.DatabasePath))
                .IsRefusedWith("cannot listen");
        }

        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(hub.DatabasePath, CancellationToken)));
        await hub.StartAsync();
        await using var back = await TestViewer.JoinAsync(hub.Address, room, viewer.Cursor);
        Assert.Equal(FrameKinds.Resumed, back.Frames[0].Kind);
    }

    [Fact]
    public async Task Hub_Listens_Before_It_Is_Ready_And_Says_So()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        await hub.StopAsync();
        var caller = new Caller(hub.Address, room.Token);
        Task starting;
        using (new HeldDatabase(hub.DatabasePath))
        {
            starting = hub.StartAsync();
            await ListeningAsync(hub.Address);

            Assert.Equal(200, (await caller.GetAsync("/healthz")).Status);
            Assert.Equal(503, (await caller.GetAsync("/readyz")).Status);
            foreach (var path in new[] { "/", "/api/server", $"/api/rooms/{room.Room.Id}", $"/api/rooms/{room.Room.Id}/events" })
                Assert.Equal("2", (await caller.GetAsync(path)).IsProblem(503, ErrorCodes.Starting).Headers["Retry-After"]);

            (await caller.PostAsync("/hub/negotiate?negotiateVersion=1", new { })).IsProblem(503, ErrorCodes.Starting);
            (await caller.PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(503);
            Assert.False(starting.IsCompleted);
        }

        await starting.InTime();
        Assert.Equal(200, (await caller.GetAsync("/readyz")).Status);
        Assert.Equal(200, (await caller.GetAsync($"/api/rooms/{room.Room.Id}")).Status);
    }

    [Theory]
    [InlineData("begins")]
    [InlineData("locks")]
    [InlineData("listens")]
    [InlineData("opens")]
    [InlineData("waits")]
    [InlineData("is ready")]
    public async Task Signal_To_Stop_At_Any_Moment_Of_Starting_Ends_It_Quietly(string moment)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        var path = Path.Combine(_folder.FullName, "hub.db");
        using var held = moment == "waits" ? Hold(path) : null;
        await using var start = HubStart.Begin(_folder.FullName, "--urls", address.ToString(), "--Storage:Path", path);
        await (moment switch
        {
            "begins" => Task.CompletedTask,
            "locks" => UntilAsync(() => File.Exists(path + ".lock")),
            "opens" => UntilAsync(() => File.Exists(path)),
            "is ready" => start.ReadyAsync(),
            _ => ListeningAsync(address),
        });

        var ended = await start.StopAsync();

        // Before the runtime handles the signal, the signal itself ends the process with 143.
        Assert.True(ended.ExitCode is 0 or 143, $"Exit code {ended.ExitCode}: {ended.Errors}{ended.Output}");
        Assert.DoesNotContain("   at ", ended.Errors + ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("xception", ended.Errors + ended.Output, StringComparison.Ordinal);

        // The next start is not blocked. Another program may have the port by now.
        held?.Dispose();
        await using var next = HubStart.Begin(_folder.FullName, "--urls", "http://127.0.0.1:0", "--Storage:Path", path);
        await next.ReadyAsync();
        Assert.Equal(0, (await next.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task Lock_File_That_Was_Deleted_Is_Made_Again()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();

        File.Delete(hub.DatabasePath + ".lock");
        await UntilAsync(() => File.Exists(hub.DatabasePath + ".lock"));

        (await HubStart.TryAsync(_folder.FullName, "--urls", "http://127.0.0.1:0", "--Storage:Path", hub.DatabasePath))
            .IsRefusedWith("another hub is running on");
        Assert.Equal(201, await SayAsync(hub, room));
    }

    [Fact]
    public async Task Hub_Whose_Lock_Another_Took_Writes_Nothing_More()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        FileStream other;
        while (true)
        {
            // The hub checks once a second and may recreate the lock first.
            File.Delete(hub.DatabasePath + ".lock");
            try
            {
                other = new FileStream(hub.DatabasePath + ".lock", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                break;
            }
            catch (IOException)
            {
            }
        }

        await using (other)
        {
            var caller = new Caller(hub.Address, room.Token);
            await UntilAsync(async () => (await caller.GetAsync("/readyz")).Status == 503);
            (await caller.PostAsync($"/api/rooms/{room.Room.Id}/messages", new { text = "x" }))
                .IsProblem(503, ErrorCodes.StorageUnavailable);
        }
    }

    private static SqliteConnection Hold(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = new SqliteCommand("CREATE TABLE held (x); BEGIN EXCLUSIVE", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    private static async Task<int> SayAsync(HubProcess hub, RoomAdmission room) =>
        (await new Caller(hub.Address, room.Token).PostAsync($"/api/rooms/{room.Room.Id}/messages", new { text = "still here" })).Status;

    private static Task ListeningAsync(Uri address) => UntilAsync(async () =>
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private static Task UntilAsync(Func<bool> condition) => Until.TrueAsync(condition);

    private static Task UntilAsync(Func<Task<bool>> condition) => Until.TrueAsync(condition);
}
