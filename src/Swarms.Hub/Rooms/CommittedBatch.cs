using System.Buffers;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Consecutive events of one room that one commit stored, or one read fetched: encoded once, as the very frame that every
/// viewer's connection copies. Immutable.
/// </summary>
internal sealed class CommittedBatch
{
    /// <summary>
    /// What one frame should weigh at most, where it is not a single event that weighs more: what a viewer costs that does not
    /// read. A commit after a disk has stalled may hold megabytes; every viewer would be handed them in one piece.
    /// </summary>
    public const int MaxBytes = 65_536;

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true, Encoder = ProtocolJson.Options.Encoder };

    private CommittedBatch(RoomCursor cursor, string cursorText, CommittedEvent[] events, ReadOnlyMemory<byte> frame)
    {
        Cursor = cursor;
        CursorText = cursorText;
        Events = events;
        Frame = frame;
        EventsJson = frame[EventsStart(cursorText)..^"]}"u8.Length];
    }

    /// <summary>Where a viewer stands after this batch.</summary>
    public RoomCursor Cursor { get; }

    /// <summary>The same as text: made once, for every viewer's frame.</summary>
    public string CursorText { get; }

    /// <summary>At least one, in sequence order, without a gap.</summary>
    public IReadOnlyList<CommittedEvent> Events { get; }

    /// <summary>The events frame's JSON.</summary>
    public ReadOnlyMemory<byte> Frame { get; }

    /// <summary>The same without what surrounds the events, for a frame that spans several batches: never empty, commas between them.</summary>
    public ReadOnlyMemory<byte> EventsJson { get; }

    public long FirstSequence => Events[0].Sequence;

    public long LastSequence => Cursor.Sequence;

    /// <summary>Encodes what one commit stored: in one batch, or in several where one would be too heavy for a frame.</summary>
    public static IEnumerable<(CommittedBatch Batch, IReadOnlyList<PendingEvent> Events)> EncodeAll(string epoch, long firstSequence, List<PendingEvent> events)
    {
        for (var start = 0; start < events.Count;)
        {
            var end = start;
            var weight = 0;
            do
                weight += events[end++].Weight;
            while (end < events.Count && weight + events[end].Weight <= MaxBytes);

            var part = end - start == events.Count ? events : events.GetRange(start, end - start);
            yield return (Encode(epoch, firstSequence + start, part), part);
            start = end;
        }
    }

    /// <summary>Encodes events whose first has the given sequence.</summary>
    public static CommittedBatch Encode(string epoch, long firstSequence, IReadOnlyList<PendingEvent> events)
    {
        var cursor = new RoomCursor(epoch, firstSequence + events.Count - 1);
        var cursorText = cursor.ToString();
        var buffer = new ArrayBufferWriter<byte>(64 + events.Sum(e => e.Weight));
        var ranges = new (int Start, int Length)[events.Count];
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, FrameKinds.Events);
            writer.WriteString("cursor"u8, cursorText);
            writer.WriteStartArray("events"u8);
            for (var i = 0; i < events.Count; i++)
            {
                // A list separator, where there is one, is written with the start of the next value.
                var start = (int)(writer.BytesCommitted + writer.BytesPending) + (i == 0 ? 0 : 1);
                WriteEvent(writer, firstSequence + i, events[i]);
                ranges[i] = (start, (int)(writer.BytesCommitted + writer.BytesPending) - start);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        ReadOnlyMemory<byte> frame = buffer.WrittenMemory;
        var committed = new CommittedEvent[events.Count];
        for (var i = 0; i < committed.Length; i++)
            committed[i] = new CommittedEvent(firstSequence + i, events[i].Type, frame.Slice(ranges[i].Start, ranges[i].Length));

        return new CommittedBatch(cursor, cursorText, committed, frame);
    }

    private static int EventsStart(string cursorText) => "{\"kind\":\"events\",\"cursor\":\"\",\"events\":["u8.Length + cursorText.Length;

    private static void WriteEvent(Utf8JsonWriter writer, long sequence, PendingEvent pending)
    {
        Span<char> at = stackalloc char[24];
        pending.At.UtcDateTime.TryFormat(at, out _, "yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteNumber("sequence"u8, sequence);
        writer.WriteString("at"u8, at);
        writer.WriteString("type"u8, pending.Type);
        if (pending.Run is not null)
            writer.WriteString("run"u8, pending.Run);
        if (pending.By is not null)
            writer.WriteString("by"u8, pending.By);
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(pending.Data.Span, skipInputValidation: true);
        writer.WriteEndObject();
    }
}
