using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

public sealed class WatchTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Viewer_Joining_Mid_Run_Receives_History_Then_Live_Without_Gap_Or_Repeat(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}");
        var room = await hub.CreateRoomAsync();
        await using var first = await TestViewer.JoinAsync(hub.Address, room);
        var run = await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 600 });
        var joined = new List<TestViewer>();
        // Viewers join again and again, from the beginning and from cursors of all ages, while events are committed.
        while (joined.Count < 12)
        {
            await first.WaitAsync(() => first.Events.Count > joined.Count * 20);
            // The cursor lies within a commit or between two.
            var seen = joined.Count % 7 * first.Events.Count / 7;
            joined.Add(
                await TestViewer.JoinAsync(
                    hub.Address, room, joined.Count % 3 == 0 ? null : await hub.CursorAtAsync(room, Math.Max(1, seen))));
        }

        using var host = hub.CreateClient(room.Token);
        using var cancelled = await host.PostAsync(
            $"api/rooms/{room.Room.Id}/runs/{run.Id}/cancel", null, TestContext.Current.CancellationToken);
        cancelled.EnsureSuccessStatusCode();

        var expected = await first.EndOfAsync(run.Id);
        foreach (var viewer in joined)
        {
            await viewer.WaitAsync(() => viewer.Cursor == first.Cursor);
            if (viewer.Frames[0].Kind == FrameKinds.Snapshot)
                Assert.Equal(expected, viewer.FindRun(run.Id));
            else
            {
                Assert.Equal(
                    first.Events.Where(e => e.Sequence >= viewer.Events[0].Sequence).Select(e => e.Sequence),
                    viewer.Events.Where(e => e.Sequence > 2).Select(e => e.Sequence));
            }

            await viewer.DisposeAsync();
        }

        var chunks = first.Events.Where(e => e.Type == EventTypes.Chunk).Select(e => ChunkPayload.Read(e.Data).Content);
        Assert.Equal(string.Concat(chunks), expected.Text);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Hundred_Viewers_Of_One_Run_See_Every_Sequence_In_Order(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}");
        var room = await hub.CreateRoomAsync();
        var viewers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TestViewer.JoinAsync(hub.Address, room)));
        var run = await hub.StartRunAsync(room, new { chunks = 150, chunksPerSecond = 50 });

        var ends = await Task.WhenAll(viewers.Select(viewer => viewer.EndOfAsync(run.Id)));

        var log = await hub.ReadEventsAsync(room);
        Assert.All(ends, end => Assert.Equal(ends[0], end));
        Assert.All(viewers, viewer => Assert.Equal(log.Skip(2).Select(e => e.Sequence), viewer.Events.Select(e => e.Sequence)));
        foreach (var viewer in viewers)
            await viewer.DisposeAsync();
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Presence_Counts_Who_Watches(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}");
        var room = await hub.CreateRoomAsync();
        await using var first = await TestViewer.JoinAsync(hub.Address, room);
        await using (await TestViewer.JoinAsync(hub.Address, room))
            await first.WaitAsync(() => first.Presence is { Viewers: 2 });

        await first.WaitAsync(() => first.Presence is { Viewers: 1, Members: [{ Connections: 1 }] });
        Assert.Equal(room.Member.Id, first.Presence!.Members[0].Id);
    }
}
