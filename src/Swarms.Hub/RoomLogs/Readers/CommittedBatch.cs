using System.Buffers;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

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

    private CommittedBatch(string cursor, CommittedEvent[] events, ReadOnlyMemory<byte> frame)
    {
        Cursor = cursor;
        Events = events;
        Frame = frame;
        EventsJson = frame[EventsEnvelope.StartLength(cursor)..^EventsEnvelope.EndLength];
    }

    /// <summary>The cursor's text, made once for every viewer's frame.</summary>
    public string Cursor { get; }

    /// <summary>At least one, in sequence order, without a gap.</summary>
    public IReadOnlyList<CommittedEvent> Events { get; }

    /// <summary>The events frame's JSON.</summary>
    public ReadOnlyMemory<byte> Frame { get; }

    /// <summary>The same without what surrounds the events, for a frame that spans several batches: never empty, commas between them.</summary>
    public ReadOnlyMemory<byte> EventsJson { get; }

    public long FirstSequence => Events[0].Sequence;

    public long LastSequence => Position.Sequence;

    /// <summary>The cursor of a viewer who has this batch.</summary>
    public LogPosition Position => Events[^1].Position;

    /// <summary>Encodes what one commit stored: in one batch, or in several where one would be too heavy for a frame.</summary>
    public static IEnumerable<(CommittedBatch Batch, IReadOnlyList<PendingEvent> Events)> EncodeAll(
        long firstSequence, List<PendingEvent> events, List<EventLink?> links)
    {
        for (var start = 0; start < events.Count;)
        {
            var end = start;
            var weight = 0;
            do
                weight += events[end++].Weight;
            while (end < events.Count && weight + events[end].Weight <= MaxBytes);

            var isWhole = end - start == events.Count;
            var part = isWhole ? events : events.GetRange(start, end - start);
            yield return (Encode(firstSequence + start, part, isWhole ? links : links.GetRange(start, end - start)), part);
            start = end;
        }
    }

    /// <summary>Encodes events whose first has the given sequence, each with its link.</summary>
    public static CommittedBatch Encode(long firstSequence, IReadOnlyList<PendingEvent> events, IReadOnlyList<EventLink?> links)
    {
        var cursor = new LogPosition(firstSequence + events.Count - 1, links[^1]).ToString();
        var buffer = new ArrayBufferWriter<byte>(64 + events.Sum(e => e.Weight));
        var ranges = new (int Start, int Length)[events.Count];
        EventsEnvelope.Begin(cursor, buffer);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            for (var i = 0; i < events.Count; i++)
            {
                if (i > 0)
                    buffer.Write(","u8);

                var start = buffer.WrittenCount;
                WriteEvent(writer, firstSequence + i, events[i]);
                writer.Flush();
                writer.Reset();
                ranges[i] = (start, buffer.WrittenCount - start);
            }
        }

        EventsEnvelope.End(buffer);
        ReadOnlyMemory<byte> frame = buffer.WrittenMemory;
        var committed = new CommittedEvent[events.Count];
        for (var i = 0; i < committed.Length; i++)
            committed[i] = new CommittedEvent(new LogPosition(firstSequence + i, links[i]), events[i].Type, frame.Slice(ranges[i].Start, ranges[i].Length));

        return new CommittedBatch(cursor, committed, frame);
    }

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
