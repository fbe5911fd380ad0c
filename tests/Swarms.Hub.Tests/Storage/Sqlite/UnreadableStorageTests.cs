using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>An unreadable database is reported as such, without details; once it is readable again, everything goes on.</summary>
public sealed class UnreadableStorageTests
{
    [Fact]
    public async Task What_Has_To_Be_Read_Over_Http_Is_Unavailable_Until_It_Can_Be_Read_Again()
    {
        await using var hub = HubUnderTest.Start();
        hub.Expect(LogLevel.Error);
        var host = await hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 2 })).GetProperty("id").GetString();
        string[] paths =
        [
            host.Path, $"{host.Path}/events", $"{host.Path}/runs", $"{host.Path}/runs?q=story", $"{host.Path}/runs/{run}",
            $"{host.Path}/transcript", $"{host.Path}/runs/{run}/transcript?format=html",
        ];

        using (new UnreadableDatabase(hub.DatabasePath))
        {
            foreach (var path in paths)
                Assert.True((await host.GetAsync(path)).IsProblem(503, ErrorCodes.StorageUnavailable).Headers.ContainsKey("Retry-After"));

            (await host.GetAsync($"{host.Path}/events", ("Accept", "text/event-stream"))).IsProblem(503, ErrorCodes.StorageUnavailable);
            (await host.PostAsync($"{host.Path}/runs", new { request = new { task = "x" } })).IsProblem(503, ErrorCodes.StorageUnavailable);
            (await hub.Anybody().PostAsync("/api/join", new { invite = "shi_x", name = "Bob" }))
                .IsProblem(503, ErrorCodes.StorageUnavailable);
            (await host.PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(503);
            Assert.Equal(200, (await hub.Anybody().GetAsync("/healthz")).Status);
        }

        foreach (var path in paths)
            Assert.Equal(200, (await host.GetAsync(path)).Status);
    }

    [Fact]
    public async Task What_Has_To_Be_Read_For_A_Hub_Method_Is_Unavailable_And_The_Connection_Survives()
    {
        await using var hub = HubUnderTest.Start();
        hub.Expect(LogLevel.Error);
        var host = await hub.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 600 });
        await using var caller = await HubCaller.ConnectAsync(host);

        using (new UnreadableDatabase(hub.DatabasePath))
        {
            await caller.IsRefusedAsync(ErrorCodes.StorageUnavailable, "CancelRun", host.Room, "01k");
            await caller.IsRefusedAsync(
                ErrorCodes.StorageUnavailable, "StartRun", host.Room, new { request = new { task = "x" }, idempotencyKey = "k" });
        }

        // The writer may have missed the file meanwhile, and takes a moment to see that it is back.
        await Until.TrueAsync(() => TrySayAsync(caller, host.Room));
        Assert.Equal(
            FrameKinds.Snapshot,
            (await caller.Watch(host.Room, null).ReadAsync(TestContext.Current.CancellationToken)).GetProperty("kind").GetString());
    }

    private static async Task<bool> TrySayAsync(HubCaller caller, string room)
    {
        try
        {
            return (await caller.InvokeAsync("Say", room, "still connected")).GetInt64() > 0;
        }
        catch (HubException e) when (e.Message.Contains(ErrorCodes.StorageUnavailable, StringComparison.Ordinal))
        {
            return false;
        }
    }

    /// <summary>Makes the file unreadable, also for open connections.</summary>
    private sealed class UnreadableDatabase : IDisposable
    {
        private readonly string _path;

        public UnreadableDatabase(string path)
        {
            _path = path;
            File.Move(path, path + ".away");
            SqliteConnection.ClearAllPools();
        }

        public void Dispose() => File.Move(_path + ".away", _path);
    }
}
