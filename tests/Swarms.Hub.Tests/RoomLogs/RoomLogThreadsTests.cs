using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Does on parallel threads what <see cref="LogWorld"/> does one act after another: writers, a tail too small for them, and viewers that
/// join, leave, resume and read from the store what they missed.
/// </summary>
public sealed class RoomLogThreadsTests
{
    private const int Writers = 4;
    private const int Viewers = 6;
    private const int EventsOfEach = 400;

    [Fact]
    public async Task Viewers_That_Come_And_Go_On_Many_Threads_See_Each_Event_Once_And_In_Order()
    {
        // The writers send 1.6 MB through a tail of 64 KiB.
        await using var hub = await LogUnderTest.StartAsync(
            ("Rooms:MaxTailBytes", "65536"), ("Rooms:MaxBehindEvents", "1000000"), ("Rooms:Tick", "00:00:00.001"),
            ("Storage:MaxPendingEvents", "64"));
        using var room = await hub.CreateRoomAsync();
        var last = 1 + (Writers * EventsOfEach);

        var viewing = Enumerable.Range(0, Viewers).Select(n => Task.Run(() => WatchAsync(hub, room.Log, last, stay: 2 + (n * n)))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => WriteAsync(room.Log, n)))).InTime();
        await Task.WhenAll(viewing).InTime();
    }

    private static async Task WriteAsync(RoomLog log, int writer)
    {
        for (var i = 0; i < EventsOfEach; i++)
        {
            var commit = await log.AppendAsync(
                [LogUnderTest.Chunk($"{writer}-{i} ".PadRight(1_000, 'x'))], Durability.Process, CancellationToken.None);
            // The writer appends a few at a time, so that viewers have live events.
            if (i % 4 == 0)
                await commit.Committed;
        }
    }

    /// <summary>Watches to the end; leaves after every few frames and comes back with its cursor.</summary>
    private static async Task WatchAsync(LogUnderTest hub, RoomLog log, long last, int stay)
    {
        var position = 0L;
        RoomCursor? cursor = null;
        while (position < last)
        {
            using var leaving = new CancellationTokenSource();
            await using var frames = hub.CreateViewer(log)
                .ReadAsync(new ViewerStart(cursor, null), leaving.Token)
                .GetAsyncEnumerator(leaving.Token);
            for (var i = 0; i < stay && position < last; i++)
            {
                Assert.True(await frames.MoveNextAsync().InTime());
                var frame = frames.Current;
                foreach (var batch in frame.Batches)
                {
                    Assert.Equal(position + 1, batch.FirstSequence);
                    Assert.Equal(Enumerable.Range((int)position + 1, batch.Events.Count), batch.Events.Select(e => (int)e.Sequence));
                    position = batch.LastSequence;
                }

                // Only the first frame is a snapshot; everything else comes event by event.
                if (cursor is null && i == 0)
                    position = frame.Sequence;

                Assert.Equal(position, frame.Sequence);
            }

            cursor = await log.CursorAsync(position);
            await leaving.CancelAsync();
        }
    }
}
