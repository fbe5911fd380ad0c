using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class CommittedBatchTests
{
    [Fact]
    public void Frame_And_Its_Slices_Are_The_Same_Events()
    {
        PendingEvent[] events = [LogUnderTest.Chunk("Größe 🦊 \"quoted\" \n"), LogUnderTest.Event(EventTypes.Message, new { text = "hi" }, by: "m"), LogUnderTest.Chunk("c")];

        var batch = CommittedBatch.Encode("abc", 41, events);

        var frame = JsonSerializer.Deserialize<RoomFrame>(batch.Frame.Span, ProtocolJson.Options)!;
        Assert.Equal(("abc:43", "events"), (frame.Cursor, frame.Kind));
        var slices = batch.Events.Select(e => JsonSerializer.Deserialize<RoomEvent>(e.Json.Span, ProtocolJson.Options)!).ToList();
        Assert.Equal([41, 42, 43], slices.Select(e => e.Sequence));
        Assert.Equal(frame.Events!.Select(Text), slices.Select(Text));
        Assert.Equal(events.Select((e, i) => Text(e.ToRoomEvent(41 + i))), slices.Select(Text));
    }

    private static string Text(RoomEvent roomEvent) => JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);
}
