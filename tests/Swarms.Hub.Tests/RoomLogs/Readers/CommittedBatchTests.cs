using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.RoomLogs;

public sealed class CommittedBatchTests
{
    [Fact]
    public void Frame_And_Its_Slices_Are_The_Same_Events()
    {
        PendingEvent[] events =
        [
            LogUnderTest.Chunk("Größe 🦊 \"quoted\" \n"),
            LogUnderTest.Event(EventTypes.Message, new { text = "hi" }, by: "m"),
            LogUnderTest.Chunk("c"),
        ];
        EventLink?[] links = [EventLink.CreateFirst(), EventLink.CreateFirst(), EventLink.CreateFirst()];

        var batch = CommittedBatch.Encode(41, events, links);

        var frame = JsonSerializer.Deserialize<RoomFrame>(batch.Frame.Span, ProtocolJson.Options)!;
        Assert.Equal((new LogPosition(43, links[2]).ToString(), "events"), (frame.Cursor, frame.Kind));
        Assert.Equal(links, batch.Events.Select(e => e.Position.Link));
        var slices = batch.Events.Select(e => JsonSerializer.Deserialize<RoomEvent>(e.Json.Span, ProtocolJson.Options)!).ToList();
        Assert.Equal([41, 42, 43], slices.Select(e => e.Sequence));
        Assert.Equal(frame.Events!.Select(Text), slices.Select(Text));
        Assert.Equal(events.Select((e, i) => Text(e.ToRoomEvent(41 + i))), slices.Select(Text));
    }

    private static string Text(RoomEvent roomEvent) => JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);

    [Fact]
    public void Commit_Too_Heavy_For_One_Frame_Becomes_Several_That_Follow_Each_Other()
    {
        List<PendingEvent> events =
        [
            .. Enumerable.Range(0, 200).Select(i => LogUnderTest.Chunk(new string('x', 1 + (i * 977 % 3_000)))),
            LogUnderTest.Chunk(new string('y', 300_000)),
            LogUnderTest.Chunk("z"),
        ];
        List<EventLink?> links = [.. events.Select(_ => EventLink.CreateFirst())];

        var parts = CommittedBatch.EncodeAll(41, events, links).ToList();

        Assert.InRange(parts.Count, 5, 10);
        Assert.Equal(events, parts.SelectMany(part => part.Events));
        Assert.Equal(links, parts.SelectMany(part => part.Batch.Events.Select(e => e.Position.Link)));
        Assert.Equal(
            Enumerable.Range(41, events.Count).Select(i => (long)i), parts.SelectMany(part => part.Batch.Events.Select(e => e.Sequence)));
        Assert.All(parts, part => Assert.True(part.Batch.Frame.Length <= CommittedBatch.MaxBytes + 100 || part.Events.Count == 1));
    }
}
