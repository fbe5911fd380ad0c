using System.Buffers;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Consecutive events of one room that one transaction stored or one read fetched. They are encoded once, as the frame that every
/// viewer's connection copies. Immutable, so any thread may read it.
/// </summary>
internal sealed class CommittedBatch
{
    /// <summary>
    /// The maximum size of a frame, unless a single event is larger. It bounds the memory of a viewer that does not read. A commit after a
    /// stalled disk may hold megabytes, which every viewer would get in one frame.
    /// </summary>
    public const int MaxBytes = 65_536;

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true, Encoder = ProtocolJson.Options.Encoder };

    private CommittedBatch? _withoutCosts;

    private CommittedBatch(Audience audience, string cursor, CommittedEvent[] events, ReadOnlyMemory<byte> frame)
    {
        Audience = audience;
        Cursor = cursor;
        Events = events;
        Frame = frame;
        EventsJson = frame[EventsEnvelope.StartLength(cursor)..^EventsEnvelope.EndLength];
    }

    /// <summary>The members for whom it is encoded.</summary>
    public Audience Audience { get; }

    /// <summary>The cursor's text, shared by every viewer's frame.</summary>
    public string Cursor { get; }

    /// <summary>The events in sequence order, without a gap unless it is for a reader of one run; at least one.</summary>
    public IReadOnlyList<CommittedEvent> Events { get; }

    /// <summary>The events frame's JSON.</summary>
    public ReadOnlyMemory<byte> Frame { get; }

    /// <summary>The events alone, separated by commas, for a frame that spans several batches. Never empty.</summary>
    public ReadOnlyMemory<byte> EventsJson { get; }

    /// <summary>The timestamp of its publication; 0 for a batch that was read from the store. Set once, before any reader has it.</summary>
    public long PublishedAt { get; set; }

    public long FirstSequence => Events[0].Sequence;

    public long LastSequence => Position.Sequence;

    /// <summary>The cursor of a viewer who has this batch.</summary>
    public LogPosition Position => Events[^1].Position;

    /// <summary>
    /// Returns the same events for an audience. Those without costs are encoded when the first reader asks, and shared by all.
    /// </summary>
    public CommittedBatch For(Audience audience) =>
        audience == Audience ? this
        : audience == Audience.WithCosts ? throw new InvalidOperationException("Costs that were taken out cannot be put back.")
        : Volatile.Read(ref _withoutCosts) ?? HideCosts();

    /// <summary>Encodes the events that one transaction stored, in as many batches as frames need.</summary>
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

    /// <summary>Encodes events with their links; the first one has the given sequence.</summary>
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
        {
            var json = frame.Slice(ranges[i].Start, ranges[i].Length);
            committed[i] = new CommittedEvent(new LogPosition(firstSequence + i, links[i]), events[i].Type, json);
        }

        return new CommittedBatch(Audience.WithCosts, cursor, committed, frame);
    }

    /// <summary>
    /// Returns the batch of those events that have a JSON for a reader of one run; null if none has. Its cursor is that of its last event.
    /// The caller alone uses it.
    /// </summary>
    public CommittedBatch? Pick(Func<CommittedEvent, ReadOnlyMemory<byte>?> show)
    {
        var picked = new List<CommittedEvent>();
        foreach (var committed in Events)
        {
            if (show(committed) is { } json)
                picked.Add(committed with { Json = json });
        }

        return picked.Count == 0 ? null : Encode(picked, Audience.OneRun);
    }

    // Several readers may encode it at once; the first one's result is kept.
    private CommittedBatch HideCosts()
    {
        var shown = Events.Select(committed => committed with { Json = MoneyFilter.FilterEvent(committed.Type, committed.Json) });
        var hidden = Encode([.. shown], Audience.WithoutCosts);
        return Interlocked.CompareExchange(ref _withoutCosts, hidden, null) ?? hidden;
    }

    private static CommittedBatch Encode(List<CommittedEvent> events, Audience audience)
    {
        var cursor = events[^1].Position.ToString(audience);
        var length = EventsEnvelope.StartLength(cursor) + events.Sum(one => one.Json.Length + 1) + EventsEnvelope.EndLength;
        var buffer = new ArrayBufferWriter<byte>(length);
        var starts = new int[events.Count];
        EventsEnvelope.Begin(cursor, buffer);
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0)
                buffer.Write(","u8);

            starts[i] = buffer.WrittenCount;
            buffer.Write(events[i].Json.Span);
        }

        EventsEnvelope.End(buffer);
        ReadOnlyMemory<byte> frame = buffer.WrittenMemory;
        var encoded = events.Select((one, i) => one with { Json = frame.Slice(starts[i], one.Json.Length) }).ToArray();
        return new CommittedBatch(audience, cursor, encoded, frame);
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
