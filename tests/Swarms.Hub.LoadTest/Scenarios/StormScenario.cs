using System.Diagnostics;
using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>
/// Nine of ten viewers lose their connection at one moment, in mid-run, and come back at once with their cursors. How long until
/// they are back, and what do the others notice?
/// </summary>
internal static class StormScenario
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        await using var session = new LoadSession("hub", options);
        await session.StartAsync();
        await session.ConnectAsync();
        await session.SpeakAsync();
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));

        for (var storm = 1; storm <= options.Repeat; storm++)
            await StrikeAsync(session, options, report, storm);

        await session.FallSilentAsync();
        report.Check(session.Server.Name, session.Gauge, digests: 0);
        return session.Gauge.Faults.Count == 0 ? 0 : 1;
    }

    private static async Task StrikeAsync(LoadSession session, LoadOptions options, Report report, int storm)
    {
        var before = await ReadLatencyAsync(session, options);
        var cut = session.Viewers.Where((_, i) => i % 10 != 0).ToList();
        var cpu = session.Server.Figures.CpuMicroseconds;
        var started = Stopwatch.GetTimestamp();
        foreach (var viewer in cut)
            viewer.Connection.Dispose();

        var back = new LatencyHistogram();
        var returned = await Task.WhenAll(cut.Select(async viewer =>
        {
            var again = session.Return(viewer);
            await again.Connection.OpenAsync(session.Server.Address, viewer.Seat, viewer.Connection.Cursor, CancellationToken.None);
            return (viewer, again, Microseconds: (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }));
        foreach (var (viewer, again, microseconds) in returned)
        {
            back.Add(microseconds);
            session.Viewers[session.Viewers.IndexOf(viewer)] = again;
        }

        var spent = session.Server.Figures.CpuMicroseconds - cpu;
        var during = session.Gauge.Next().Latency;
        report.Say(
            $"Storm {storm}: {cut.Count} viewers back, p50 {back.PercentileMilliseconds(50):F0} ms, p99 {back.PercentileMilliseconds(99):F0} ms, last {back.PercentileMilliseconds(100):F0} ms; " +
            $"{spent / cut.Count:F0} us of server CPU each, feed included; events meanwhile p99 {during.PercentileMilliseconds(99):F0} ms, before {before:F0} ms.");
    }

    private static async Task<double> ReadLatencyAsync(LoadSession session, LoadOptions options)
    {
        session.Gauge.Next();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        return session.Gauge.Next().Latency.PercentileMilliseconds(99);
    }
}
