using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Delivery;

public sealed class SlowViewerTests
{
    // What may lie between the pump and a client that does not read, whatever is sent: SignalR's pipe and Kestrel's (64 KiB each,
    // and the frame that fills it beyond), and what the kernel holds on both sides of the smallest buffers that can be asked for.
    private const int MostInTransit = 4 * 65_536 + 2 * 65_536;

    private const int ChunkBytes = 4_000;

    [Fact]
    public async Task Viewer_That_Stops_Reading_Delays_Nobody_And_Costs_Bounded_Memory()
    {
        await using var hub = await ScriptedHub.StartAsync(("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:10:00"));
        using var delivered = new Metric(hub.Hub, "delivered_events");
        using var caughtUp = new Metric(hub.Hub, "caught_up_events");
        await using var stalled = await SlowViewer.JoinAsync(hub.Host);
        var healthy = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TestViewer.JoinAsync(hub.Hub.Address, hub.Host.Admission)));
        Speak(hub.Upstream);

        var run = await hub.Host.StartAsync();
        var ends = await Task.WhenAll(healthy.Select(viewer => viewer.EndOfAsync(run.Id)));

        var log = await hub.Host.EventsAsync();
        Assert.All(healthy, viewer => Assert.Equal(log.Skip(2).Select(e => e.Sequence), viewer.Events.Select(e => e.Sequence)));
        Assert.All(healthy, viewer => Assert.Equal(ends[0].Sha256, DigestOf(viewer.Events)));
        // Every event that any viewer was handed, less those of the healthy ones: all that can lie in memory for the stalled one.
        var handed = delivered.Value + caughtUp.Value - healthy.Sum(viewer => viewer.Events.Count);
        Assert.InRange(handed * ChunkBytes, 0, MostInTransit);
        Assert.Null(stalled.FindRun(run.Id));

        var late = await stalled.EndOfAsync(run.Id);

        Assert.Equal(ends[0], late);
        Assert.Equal(log.Skip(2), stalled.Events, SameEvents);
        foreach (var viewer in healthy)
            await viewer.DisposeAsync();
    }

    [Fact]
    public async Task Viewer_That_Trickles_Falls_Behind_And_Is_Handed_A_Snapshot_In_Place_Of_History()
    {
        await using var hub = await ScriptedHub.StartAsync(
            ("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:10:00"), ("Rooms:MaxBehindEvents", "100"), ("Rooms:MaxTailBytes", "65536"));
        await using var trickling = await SlowViewer.JoinAsync(hub.Host);
        await using var healthy = await TestViewer.JoinAsync(hub.Hub.Address, hub.Host.Admission);
        Speak(hub.Upstream, 250);
        var run = await hub.Host.StartAsync();
        while (healthy.FindRun(run.Id) is not { EndedAt: not null })
        {
            // A little for each frame that the others have had.
            await trickling.ReadAsync(100);
            var frames = healthy.Frames.Count;
            await healthy.WaitAsync(() => healthy.Frames.Count > frames || healthy.FindRun(run.Id) is { EndedAt: not null });
        }

        var late = await trickling.EndOfAsync(run.Id);

        Assert.Contains(SnapshotReasons.Behind, trickling.Frames);
        Assert.Equal(healthy.FindRun(run.Id), late);
        Assert.Equal(late.Sha256, DigestOf(late.Text!));
    }

    [Fact]
    public async Task Viewer_That_Does_Not_Read_For_The_Send_Timeout_Is_Ended_Counted_And_Resumes()
    {
        await using var hub = await ScriptedHub.StartAsync(("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:00:01"));
        using var ended = new Metric(hub.Hub, "stalled_viewers");
        await using var stalled = await SlowViewer.JoinAsync(hub.Host);
        Speak(hub.Upstream);
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
        using var ended = new Metric(hub.Hub, "stalled_viewers");
        await using var stalled = await SlowSocket.RequestAsync(hub.Host, $"{hub.Host.Path}/events", ("Accept", "text/event-stream"));
        Speak(hub.Upstream);
        var run = await hub.Host.StartAsync();

        await ended.ReachesAsync(1);
        await stalled.EndedAsync();

        Assert.Equal(EventTypes.Done, (await hub.Host.EndedAsync(run.Id)).State);
        Assert.Equal(1, ended.Value);
    }

    private static void Speak(ScriptedUpstream upstream, int count = 600)
    {
        var chunks = Enumerable.Range(0, count).Select(i => Sse.Chunk($"{i} ".PadRight(ChunkBytes, 'x')));
        upstream.Answer().Body(string.Concat(chunks)).Body(Sse.Done);
    }

    private static string DigestOf(IEnumerable<RoomEvent> events) => DigestOf(string.Concat(
        events.Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString())));

    private static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool SameEvents(RoomEvent one, RoomEvent other) =>
        JsonSerializer.Serialize(one, ProtocolJson.Options) == JsonSerializer.Serialize(other, ProtocolJson.Options);
}
