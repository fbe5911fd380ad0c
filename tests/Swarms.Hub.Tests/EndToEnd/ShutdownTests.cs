using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

public sealed class ShutdownTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Stopping_Hub_Tells_Its_Viewers_And_Ends_Runs_While_They_Still_Watch(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}", "--Runs:DrainTimeout=00:00:00.2");
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        var run = await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 50 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);

        var exitCode = await hub.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(10, viewer.Draining);
        Assert.Equal((EventTypes.Interrupted, "hub_stopped"), (viewer.FindRun(run.Id)!.State, viewer.FindRun(run.Id)!.Reason));
    }

    [Fact]
    public async Task Feed_That_A_Stopping_Hub_Ends_Says_Why()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        await using var feed = await FeedReader.OpenAsync(
            new Caller(hub.Address, room.Token), $"/api/rooms/{room.Room.Id}/events");
        await feed.NextAsync();

        var stopping = hub.StopAsync();

        Assert.Equal(ErrorCodes.Draining, await feed.ClosedAsync());
        Assert.Equal(0, await stopping);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Viewers_That_Come_While_The_Hub_Stops_Do_Not_Keep_It_From_Stopping_Cleanly(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}", "--Runs:DrainTimeout=00:00:00.2");
        var room = await hub.CreateRoomAsync();
        await using var first = await TestViewer.JoinAsync(hub.Address, room);
        var address = hub.Address;

        var stopping = hub.StopAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!stopping.IsCompleted)
            {
                try
                {
                    await using var late = await TestViewer.JoinAsync(address, room);
                }
                catch (Exception e) when (e is not TimeoutException)
                {
                    // The call was refused or cut off, or nobody listens any more.
                }
            }
        }));

        Assert.Equal(0, await stopping);
        await hub.StartAsync($"--Server:DirectSockets={directSockets}");
        await using var resumed = await TestViewer.JoinAsync(hub.Address, room, first.Cursor);
        Assert.Equal(FrameKinds.Resumed, resumed.Frames[0].Kind);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Viewer_Resumes_After_A_Clean_Restart_With_Only_Later_Events(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}");
        var room = await hub.CreateRoomAsync();
        string cursor;
        await using (var viewer = await TestViewer.JoinAsync(hub.Address, room))
        {
            var run = await hub.StartRunAsync(room, new { chunks = 20, chunksPerSecond = 0 });
            await viewer.EndOfAsync(run.Id);
            cursor = viewer.Cursor;
        }

        await hub.StopAsync();
        await hub.StartAsync($"--Server:DirectSockets={directSockets}");
        await using var resumed = await TestViewer.JoinAsync(hub.Address, room, cursor);
        var next = await hub.StartRunAsync(room, new { chunks = 1, chunksPerSecond = 0 });
        await resumed.WaitForEventAsync(e => e.Type == EventTypes.Done);

        Assert.Equal(FrameKinds.Resumed, resumed.Frames[0].Kind);
        Assert.All(resumed.Events.Where(e => e.Type != EventTypes.Spending), e => Assert.Equal(next.Id, e.Run));
    }

    [Fact]
    public async Task Shutdown_Flushes_The_Last_Group_Commit()
    {
        await using var hub = await HubProcess.StartNewAsync("--Runs:DrainTimeout=00:00:00");
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        var run = await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 2_000 });
        await viewer.WaitAsync(() => viewer.Events.Count > 200);

        await hub.StopAsync();
        await hub.StartAsync();

        var log = await hub.ReadEventsAsync(room);
        Assert.Equal(
            viewer.Events.Select(e => e.Sequence), log.Where(e => e.Sequence > 2).Select(e => e.Sequence).Take(viewer.Events.Count));
        Assert.Equal(EventTypes.Interrupted, log.Last(e => e.Run == run.Id).Type);
    }
}
