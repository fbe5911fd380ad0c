namespace Swarms.Hub.LoadTest.Servers;

/// <summary>A hub's commits in some stretch of time.</summary>
/// <param name="Events">How many events they stored.</param>
/// <param name="Count">How many they were.</param>
/// <param name="Buckets">How many took at most so many seconds, as the hub's histogram counts them.</param>
internal sealed record CommitFigures(double Events, double Count, IReadOnlyList<(double UpTo, double Count)> Buckets)
{
    /// <summary>Between two bounds of the histogram as if the commits lay evenly.</summary>
    public double PercentileMilliseconds(double percentile)
    {
        var wanted = Count * percentile / 100;
        var (lowest, below) = (0.0, 0.0);
        foreach (var (upTo, count) in Buckets)
        {
            if (count >= wanted)
                return (double.IsInfinity(upTo) ? lowest : lowest + ((upTo - lowest) * (wanted - below) / Math.Max(1, count - below))) * 1000;

            (lowest, below) = (upTo, count);
        }

        return lowest * 1000;
    }
}
