using System.Buffers.Text;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>
/// Checks one viewer's feed: 1, 2, 3 … without gap, repeat or disorder, and how old each chunk is. It looks for the two fields
/// it needs instead of parsing, so that a million events a second cost a fraction of a core. Used by one socket loop.
/// </summary>
internal sealed class FeedChecker(string name, Gauge gauge, TextChecker? texts)
{
    private long _events;

    /// <summary>The last sequence; null before the first event or snapshot.</summary>
    public long? Position { get; private set; }

    /// <summary>Read by other threads, to see the pace.</summary>
    public long Events => Volatile.Read(ref _events);

    public int Snapshots { get; private set; }

    public void ReadSnapshot(long position)
    {
        Position = position;
        Snapshots++;
    }

    public void ReadEvents(ReadOnlySpan<byte> record)
    {
        var measurement = gauge.Current;
        var now = Clock.Microseconds;
        var rest = record;
        measurement.Messages++;
        measurement.Bytes += record.Length;
        for (var start = rest.IndexOf("\"sequence\":"u8); start >= 0;)
        {
            rest = rest[(start + 11)..];
            Check(Utf8Parser.TryParse(rest, out long sequence, out _) ? sequence : -1);
            start = rest.IndexOf("\"sequence\":"u8);
            measurement.Events++;
            if (Stamp(start < 0 ? rest : rest[..start]) is { } stamp)
                measurement.Latency.Add(now - stamp);
        }

        texts?.Read(record);
    }

    // A chunk's text begins with @ and the microsecond at which it was due.
    private static long? Stamp(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOf("\"@"u8);
        return at >= 0 && Utf8Parser.TryParse(json[(at + 2)..], out long stamp, out _) ? stamp : null;
    }

    private void Check(long sequence)
    {
        if (Position is { } last && sequence != last + 1)
        {
            var fault = sequence > last + 1 ? "a gap" : sequence == last ? "a repeat" : "disorder";
            gauge.Fault($"{name}: {fault}, {sequence} after {last}.");
        }

        Position = sequence;
        Volatile.Write(ref _events, _events + 1);
    }
}
