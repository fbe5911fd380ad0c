using System.Diagnostics;
using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Looks at every healthy viewer once a second: how much of the pace did the worst of them get?</summary>
internal sealed class PaceWatch(IReadOnlyList<FeedChecker> viewers, double eventsPerSecond)
{
    /// <summary>Watches for so many seconds; 1 means that nobody missed anything in any second.</summary>
    public async Task<double> WatchAsync(int seconds)
    {
        var worst = double.MaxValue;
        var before = viewers.Select(viewer => viewer.Events).ToList();
        var at = Stopwatch.GetTimestamp();
        for (var second = 0; second < seconds; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var now = viewers.Select(viewer => viewer.Events).ToList();
            var expected = eventsPerSecond * Stopwatch.GetElapsedTime(at).TotalSeconds;
            for (var i = 0; i < now.Count; i++)
                worst = Math.Min(worst, (now[i] - before[i]) / expected);

            (before, at) = (now, Stopwatch.GetTimestamp());
        }

        return worst;
    }
}
