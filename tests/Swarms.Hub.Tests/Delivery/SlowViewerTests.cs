using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Delivery;

public sealed class SlowViewerTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Viewer_That_Trickles_Falls_Behind_And_Is_Handed_A_Snapshot_In_Place_Of_History(string directSockets)
    {
        await using var hub = await ScriptedHub.StartAsync(
            ("Server:DirectSockets", directSockets),
            ("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:10:00"), ("Rooms:MaxBehindEvents", "100"),
            ("Rooms:MaxTailBytes", "65536"));
        await using var trickling = await SlowViewer.JoinAsync(hub.Host);
        await using var healthy = await TestViewer.JoinAsync(hub.Hub.Address, hub.Host.Admission);
        Speech.Script(hub.Upstream, 250);
        var run = await hub.Host.StartAsync();
        while (healthy.FindRun(run.Id) is not { EndedAt: not null })
        {
            // Read a little for each frame that the others have had.
            await trickling.ReadAsync(100);
            var frames = healthy.Frames.Count;
            await healthy.WaitAsync(() => healthy.Frames.Count > frames || healthy.FindRun(run.Id) is { EndedAt: not null });
        }

        var late = await trickling.EndOfAsync(run.Id);

        Assert.Contains(SnapshotReasons.Behind, trickling.Frames);
        Assert.Equal(healthy.FindRun(run.Id), late);
        Assert.Equal(late.Sha256, Speech.DigestOf(late.Text!));
    }

    [Fact]
    public async Task Viewer_That_Does_Not_Read_For_The_Send_Timeout_Is_Ended_Counted_And_Resumes()
    {
        // The timeout is long enough that a viewer which resumes reading is never taken for a stalled one.
        await using var hub = await ScriptedHub.StartAsync(("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:00:04"));
        using var ended = new Metric(hub.Hub, "swarms_hub.viewers.stalled");
        await using var stalled = await SlowViewer.JoinAsync(hub.Host);
        Speech.Script(hub.Upstream);
        var run = await hub.Host.StartAsync();

        await ended.ReachesAsync(1);
        await stalled.EndedAsync();

        Assert.Equal(EventTypes.Done, (await hub.Host.EndedAsync(run.Id)).State);
        await using var back = await SlowViewer.JoinAsync(hub.Host, stalled.Cursor);
        Assert.Equal([FrameKinds.Resumed], back.Frames);
        var cursor = (await hub.Host.GetAsync(hub.Host.Path)).Json.GetProperty("cursor").GetString();
        await back.ReadUntilAsync(() => back.Cursor == cursor);
        Assert.Equal(1, ended.Value);
    }

    [Fact]
    public async Task Feed_That_Is_Not_Read_For_The_Send_Timeout_Is_Ended_And_Counted()
    {
        await using var hub = await ScriptedHub.StartAsync(("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:00:01"));
        using var ended = new Metric(hub.Hub, "swarms_hub.viewers.stalled");
        await using var stalled = await SlowSocket.RequestAsync(hub.Host, $"{hub.Host.Path}/events", ("Accept", "text/event-stream"));
        Speech.Script(hub.Upstream);
        var run = await hub.Host.StartAsync();

        await ended.ReachesAsync(1);
        await stalled.EndedAsync();

        Assert.Equal(EventTypes.Done, (await hub.Host.EndedAsync(run.Id)).State);
        Assert.Equal(1, ended.Value);
    }

    [Fact]
    public async Task Feed_That_Trickles_Falls_Behind_And_Is_Handed_A_Snapshot_In_Place_Of_History()
    {
        await using var hub = await ScriptedHub.StartAsync(
            ("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:10:00"), ("Rooms:MaxBehindEvents", "100"),
            ("Rooms:MaxTailBytes", "65536"));
        await using var trickling = await SlowFeed.JoinAsync(hub.Host);
        await using var healthy = await TestViewer.JoinAsync(hub.Hub.Address, hub.Host.Admission);
        Speech.Script(hub.Upstream, 250);
        var run = await hub.Host.StartAsync();
        while (healthy.FindRun(run.Id) is not { EndedAt: not null })
        {
            // Read a little for each frame that the others have had.
            await trickling.ReadAsync();
            var frames = healthy.Frames.Count;
            await healthy.WaitAsync(() => healthy.Frames.Count > frames || healthy.FindRun(run.Id) is { EndedAt: not null });
        }

        var late = await trickling.EndOfAsync(run.Id);

        Assert.Equal([SnapshotReasons.First, SnapshotReasons.Behind], trickling.Snapshots.Distinct());
        Assert.Equal(healthy.FindRun(run.Id), late);
        Assert.Equal(late.Sha256, Speech.DigestOf(late.Text!));
    }

    [Fact]
    public async Task Feed_That_Stops_Reading_Delays_Nobody_And_Costs_Bounded_Memory()
    {
        // The bytes that may lie between the pump and a stalled reader: Kestrel's buffer and the frame that fills it, the kernel's
        // small buffers on both sides, and one frame on its way.
        const int MostInTransit = 5 * 65_536;
        await using var hub = await ScriptedHub.StartAsync(("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:10:00"));
        using var delivered = new Metric(hub.Hub, "swarms_hub.events.delivered");
        using var caughtUp = new Metric(hub.Hub, "swarms_hub.events.caught_up");
        await using var stalled = await SlowFeed.JoinAsync(hub.Host);
        await using var healthy = await TestViewer.JoinAsync(hub.Hub.Address, hub.Host.Admission);
        Speech.Script(hub.Upstream);

        var run = await hub.Host.StartAsync();
        var ended = await healthy.EndOfAsync(run.Id);

        Assert.Equal(ended.Sha256, Speech.DigestOf(healthy.Events));
        var handed = delivered.Value + caughtUp.Value - healthy.Events.Count;
        Assert.InRange(handed * Speech.ChunkBytes, 0, MostInTransit);
        Assert.Equal(ended, await stalled.EndOfAsync(run.Id));
        // The sums that follow the ending may still be on their way.
        Assert.Equal(
            healthy.Events.Where(e => e.Run == run.Id).Select(e => e.Sequence),
            stalled.Events.Where(e => e.Run == run.Id).Select(e => e.Sequence));
    }
}
