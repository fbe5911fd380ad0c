using System.Diagnostics;
using Swarms.Hub.LoadTest.Servers;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Measures the number, size and duration of commits over the number of runs in flight, each with 50 chunks a second.</summary>
internal static class CommitsScenario
{
    private const int ChunksPerSecond = 50;

    private static readonly int[] RunsInFlight = [1, 8, 20, 64, 200];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        report.Say($"| runs in flight | events/s | commits/s | events/commit | commit p50 ms | p99 ms | server cores |");
        report.Say($"| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var faults = 0;
        foreach (var runs in RunsInFlight)
            faults += await MeasureAsync(options with { Rooms = 1, Viewers = 1, Runs = runs, Rate = runs * ChunksPerSecond }, report);

        return faults == 0 ? 0 : 1;
    }

    private static async Task<int> MeasureAsync(LoadOptions options, Report report)
    {
        await using var session = new LoadSession("hub", options);
        await session.StartAsync();
        await session.ConnectAsync();
        await session.SpeakAsync();
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
        var hub = (HubServer)session.Server;
        var (before, cpu, started) = (await hub.ReadMetricsAsync(), hub.Figures.CpuMicroseconds, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds * options.Repeat));
        var (after, seconds) = (await hub.ReadMetricsAsync(), Stopwatch.GetElapsedTime(started).TotalSeconds);
        var cores = (hub.Figures.CpuMicroseconds - cpu) / seconds / 1_000_000;
        var commits = after.CommitsSince(before);
        await session.FallSilentAsync();
        report.Say(
            $"| {options.Runs} | {commits.Events / seconds:F0} | {commits.Count / seconds:F1} | "
            + $"{commits.Events / Math.Max(1, commits.Count):F1} | "
            + $"{commits.PercentileMilliseconds(50):F2} | {commits.PercentileMilliseconds(99):F2} | {cores:F2} |");
        report.Check(session, hasAll: true);
        return session.Gauge.Faults.Count;
    }
}
