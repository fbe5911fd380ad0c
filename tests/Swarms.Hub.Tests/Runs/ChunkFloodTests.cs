using System.Globalization;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>An upstream that sends tiny chunks as fast as the network takes them, which is faster than 10,000 a second.</summary>
public sealed class ChunkFloodTests
{
    private const int Chunks = 30_000;
    private const int MaxPending = 1_000;

    private static readonly string Answer = Enumerable.Range(0, Chunks)
        .Aggregate(new StringBuilder(), (text, n) => text.Append("event: chunk\ndata: {\"content\": \"").Append(n).Append(" \"}\n\n"))
            .Append(Sse.Done)
            .ToString();

    private static readonly string Text = string.Concat(Enumerable.Range(0, Chunks).Select(n => $"{n} "));

    [Fact]
    public async Task Thirty_Thousand_Tiny_Chunks_Reach_Every_Viewer_Once_And_In_Order_And_Never_Wait_In_Greater_Number_Than_May()
    {
        await using var hub = RawHub.Start(
            ("Storage:MaxPendingEvents", MaxPending.ToString(CultureInfo.InvariantCulture)), ("Rooms:MaxBehindEvents", "1000000"));
        var queue = hub.Hub.Get<CommitQueue>();
        var host = await hub.Hub.CreateRoomAsync();
        TestViewer[] early =
        [
            await TestViewer.JoinAsync(hub.Hub.Address, host.Admission),
            await TestViewer.JoinAsync(hub.Hub.Address, host.Admission),
        ];
        await using var feed = await FeedReader.OpenAsync(host);
        var run = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();

        var sending = connection.SendAsync(RawHub.Head + Answer);

        // The test looks at the queue between any two events of the feed: it is never beyond its bound.
        var fed = new StringBuilder();
        await feed.UntilAsync(item =>
        {
            Assert.InRange(queue.PendingEvents, 0, MaxPending);
            if (item.EventType == EventTypes.Chunk)
                fed.Append(JsonElement.Parse(item.Data).GetProperty("data").GetProperty("content").GetString());

            return EventTypes.IsEnding(item.EventType);
        });
        await sending.InTime();
        Assert.Equal(Text, fed.ToString());
        foreach (var viewer in early)
        {
            var ended = await viewer.EndOfAsync(run.Id);
            Assert.Equal((EventTypes.Done, Text), (ended.State, ended.Text));
            Assert.Equal(Chunks + 3, viewer.Events.Count(e => e.Run == run.Id));
            await viewer.DisposeAsync();
        }

        Assert.Equal(Speech.DigestOf(Text), (await host.FindAsync(run.Id)).Sha256);
    }

    [Fact]
    public async Task Flood_That_The_Disk_Does_Not_Take_Is_Held_Back_At_The_Upstream_And_Goes_On_Whole()
    {
        await using var hub = RawHub.Start(("Storage:MaxPendingEvents", MaxPending.ToString(CultureInfo.InvariantCulture)));
        hub.Hub.Expect(Microsoft.Extensions.Logging.LogLevel.Error);
        var queue = hub.Hub.Get<CommitQueue>();
        var host = await hub.Hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Hub.Address, host.Admission);
        var run = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();
        // More comments follow the chunk than the kernels of both sides buffer.
        var rest = string.Concat(Enumerable.Repeat($":{new string(' ', 1_022)}\n", 16_000));
        await connection.SendAsync(RawHub.Head + Sse.Chunk("x"));
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);

        Task sending;
        using (new HeldDatabase(hub.Hub.DatabasePath))
        {
            sending = SendAsync(connection, $"{Answer[..^Sse.Done.Length]}{rest}{Sse.Done}");
            await Until.TrueAsync(() => queue.PendingEvents >= MaxPending);

            Assert.False(sending.IsCompleted);
            Assert.InRange(queue.PendingEvents, 0, MaxPending);
            Assert.Equal(3, viewer.Events.Count);
        }

        var ended = await viewer.EndOfAsync(run.Id);
        await sending.InTime();
        Assert.Equal((EventTypes.Done, $"x{Text}"), (ended.State, ended.Text));
    }

    private static Task SendAsync(RawConnection connection, string text) =>
        Task.Run(() => connection.SendAsync(text), TestContext.Current.CancellationToken);
}
