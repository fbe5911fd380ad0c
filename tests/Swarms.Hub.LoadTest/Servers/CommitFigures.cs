namespace Swarms.Hub.LoadTest.Servers;

/// <summary>A hub's commits in a stretch of time.</summary>
/// <param name="Events">The number of events that they stored.</param>
/// <param name="Count">The number of commits.</param>
/// <param name="Buckets">The number of commits up to each duration in seconds, as the hub's histogram counts them.</param>
internal sealed record CommitFigures(double Events, double Count, IReadOnlyList<(double UpTo, double Count)> Buckets)
{
    /// <summary>Returns a percentile, interpolated evenly between two bounds of the histogram.</summary>
    public double PercentileMilliseconds(double percentile)
    {
        var wanted = Count * percentile / 100;
        var (lowest, below) = (0.0, 0.0);
        foreach (var (upTo, count) in Buckets)
        {
            if (count >= wanted)
            {
                var above = (upTo - lowest) * (wanted - below) / Math.Max(1, count - below);
                return (double.IsInfinity(upTo) ? lowest : lowest + above) * 1000;
            }

            (lowest, below) = (upTo, count);
        }

        return lowest * 1000;
    }
}
