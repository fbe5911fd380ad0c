using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>
/// Measures for each second the share of its chunks that the worst viewer read in time. Chunks count for the second when they were due, not
/// when they came, because one frame more or less in a second says nothing.
/// </summary>
internal sealed class PaceWatch(IReadOnlyList<FeedChecker> viewers, LoadOptions options)
{
    // A run's chunks come evenly, so at least this many are due in any second.
    private readonly double _due = Math.Floor(options.Rate / options.Runs) * options.Runs;

    /// <summary>Watches for these seconds; returns 1 if nobody missed anything in any second.</summary>
    public async Task<double> WatchAsync(int seconds)
    {
        var first = (Clock.Microseconds / 1_000_000) + 1;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var end = (Clock.Microseconds - FeedChecker.InTimeMicroseconds) / 1_000_000;
        var worst = 1.0;
        for (var second = first; second < end && _due > 0; second++)
            worst = Math.Min(worst, viewers.Min(viewer => viewer.InTime(second)) / _due);

        return worst;
    }
}
