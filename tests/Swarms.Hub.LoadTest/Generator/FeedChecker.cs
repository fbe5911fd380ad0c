using System.Buffers.Text;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>
/// Checks one viewer's feed: 1, 2, 3 … without gap, repeat or disorder, and the age of each chunk. It searches for the two fields that it
/// needs instead of parsing, so that a million events a second cost a fraction of a core. Used by one socket loop.
/// </summary>
internal sealed class FeedChecker(string name, Gauge gauge, TextChecker? texts)
{
    /// <summary>The longest delay of a chunk that is in time: the hub's longest tick.</summary>
    public const long InTimeMicroseconds = 100_000;

    private int[] _inTime = new int[64];
    private long _events;
    private long _chunks;

    /// <summary>The gauge that it reports to.</summary>
    public Gauge Gauge { get; set; } = gauge;

    /// <summary>The last sequence; null before the first event or snapshot.</summary>
    public long? Position { get; private set; }

    /// <summary>The number of events; other threads read it.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>The number of events that came from the upstream with a stamp.</summary>
    public long Chunks => Volatile.Read(ref _chunks);

    public int Snapshots { get; private set; }

    /// <summary>Returns the number of chunks due in this second that were read in time.</summary>
    public int InTime(long second)
    {
        var counts = Volatile.Read(ref _inTime);
        return second < counts.Length ? counts[second] : 0;
    }

    public void ReadSnapshot(long position)
    {
        Position = position;
        Snapshots++;
    }

    public void ReadEvents(ReadOnlySpan<byte> record)
    {
        var measurement = Gauge.Current;
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
                ReadChunk(stamp, now - stamp, measurement);
        }

        texts?.Read(record);
    }

    private void ReadChunk(long stamp, long age, Measurement measurement)
    {
        measurement.Latency.Add(age);
        Volatile.Write(ref _chunks, _chunks + 1);
        var second = stamp / 1_000_000;
        if (second >= _inTime.Length)
            Array.Resize(ref _inTime, (int)second * 2);

        if (age <= InTimeMicroseconds)
            _inTime[second]++;
    }

    // A chunk's text begins with @ and the microsecond when it was due.
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
            Gauge.Fault($"{name}: {fault}, {sequence} after {last}.");
        }

        Position = sequence;
        Volatile.Write(ref _events, _events + 1);
    }
}
