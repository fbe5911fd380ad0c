using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// A power cut leaves the write-ahead log up to the last sync and any part of what came after it. <c>SWARMS_HUB_CUTS</c> sets the number
/// of cuts (4 in the suite).
/// </summary>
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private static readonly int Cuts = int.Parse(
        Environment.GetEnvironmentVariable("SWARMS_HUB_CUTS") ?? "4", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Endings_And_All_Before_Them_Survive_A_Power_Cut_And_Viewers_Are_Told_Of_The_Rest()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        for (var cut = 0; cut < Cuts; cut++)
        {
            await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
            var ended = await hub.StartRunAsync(room, new { chunks = 30, chunksPerSecond = 1000 });
            await viewer.EndOfAsync(ended.Id);
            // The chunks of this run are not synced; after the ending before it, only run.queued is.
            var open = await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 400 });
            await viewer.WaitForEventAsync(e => e.Run == open.Id && e.Type == EventTypes.RunQueued);
            var synced = new FileInfo(hub.DatabasePath + "-wal").Length;
            var syncedSequence = viewer.Events.Last(e => e.Type == EventTypes.RunQueued).Sequence;
            await viewer.WaitAsync(() => viewer.Events.Count(e => e.Run == open.Id) > 100);

            await hub.KillAsync();
            Cut(hub.DatabasePath + "-wal", synced, random);
            await hub.StartAsync();

            await hub.VerifyAsync();
            var log = await hub.ReadEventsAsync(room);
            Assert.True(log.Count >= syncedSequence, "What was synced is there.");
            Assert.Equal(EventTypes.Done, log.Last(e => e.Run == ended.Id).Type);
            Assert.Equal("interrupted", log.Last(e => e.Run == open.Id).Type);
            // A viewer of lost events does not resume into the ones that replaced them.
            var last = viewer.Events[^1];
            var isLost = log.Count < last.Sequence || Text(log[(int)last.Sequence - 1]) != Text(last);
            await using var back = await TestViewer.JoinAsync(hub.Address, room, viewer.Cursor);
            Assert.Equal(isLost ? SnapshotReasons.Diverged : null, back.Frames[0].Reason);
        }
    }

    private static string Text(RoomEvent roomEvent) => JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);

    private static void Cut(string wal, long synced, Random random)
    {
        using var file = File.Open(wal, FileMode.Open);
        // A log that is shorter was folded into the database meanwhile, which is synced, and began anew.
        file.SetLength(random.NextInt64(file.Length < synced ? 0 : synced, file.Length + 1));
    }
}
