using System.Numerics;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>
/// Counts durations in microseconds in buckets at most 1.6 % wide, so that a percentile over millions costs nothing during the measurement.
/// Written by the generator's one socket thread.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int BitsPerOctave = 6;

    private readonly long[] _counts = new long[64 << BitsPerOctave];

    public long Count { get; private set; }

    public void Add(long microseconds)
    {
        _counts[BucketOf(microseconds)]++;
        Count++;
    }

    public double PercentileMilliseconds(double percentile)
    {
        var rest = (long)Math.Ceiling(Count * percentile / 100);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            rest -= _counts[bucket];
            if (rest <= 0 && Count > 0)
                return LowestOf(bucket) / 1000.0;
        }

        return 0;
    }

    private static int BucketOf(long value)
    {
        if (value < 1 << BitsPerOctave)
            return (int)Math.Max(0, value);

        var shift = BitOperations.Log2((ulong)value) - BitsPerOctave;
        return ((shift + 1) << BitsPerOctave) + (int)((value >> shift) - (1 << BitsPerOctave));
    }

    private static long LowestOf(int bucket)
    {
        var octave = bucket >> BitsPerOctave;
        return octave == 0 ? bucket : ((long)(bucket & ((1 << BitsPerOctave) - 1)) + (1 << BitsPerOctave)) << (octave - 1);
    }
}
