using System.Diagnostics;
using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>
/// Ten of eleven viewers lose their connection at one moment, in mid-run, and come back at once with their cursors. How long does it take,
/// and what do the others notice?
/// </summary>
internal static class StormScenario
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        await using var session = new LoadSession("hub", options);
        await session.StartAsync();
        var stayed = new Gauge();
        foreach (var viewer in session.Viewers.Where((_, i) => Stays(i)))
            viewer.Checker.Gauge = stayed;

        await session.ConnectAsync();
        await session.SpeakAsync();
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
        report.Say(
            $"| storm | viewers cut | back p50 ms | p99 ms | last ms | server CPU µs each, feed included | stayed: "
            + $"p99 ms before | p99 ms meanwhile | longest ms |");
        report.Say($"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (var storm = 1; storm <= options.Repeat; storm++)
            await StrikeAsync(session, options, report, stayed, storm);

        var hasAll = await session.FallSilentAsync();
        foreach (var fault in stayed.Faults)
            session.Gauge.Fault(fault);

        report.Check(session, hasAll);
        return session.Gauge.Faults.Count == 0 ? 0 : 1;
    }

    private static bool Stays(int viewer) => viewer % 11 == 0;

    private static async Task StrikeAsync(LoadSession session, LoadOptions options, Report report, Gauge stayed, int storm)
    {
        stayed.Next();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        var before = stayed.Next().Latency;
        var cut = session.Viewers.Where((_, i) => !Stays(i)).ToList();
        var (cpu, started) = (session.Server.Figures.CpuMicroseconds, Stopwatch.GetTimestamp());
        foreach (var viewer in cut)
            viewer.Connection.Dispose();

        var back = new LatencyHistogram();
        var returned = await Task.WhenAll(cut.Select(async viewer =>
        {
            var again = session.Return(viewer);
            await again.Connection.OpenAsync(session.Server.Address, viewer.Seat, viewer.Connection.Cursor, CancellationToken.None);
            return (viewer, again, Microseconds: (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }));
        var spent = session.Server.Figures.CpuMicroseconds - cpu;
        var meanwhile = stayed.Next().Latency;
        foreach (var (viewer, again, microseconds) in returned)
        {
            back.Add(microseconds);
            session.Viewers[session.Viewers.IndexOf(viewer)] = again;
        }

        report.Say(
            $"| {storm} | {cut.Count} | {back.PercentileMilliseconds(50):F0} | {back.PercentileMilliseconds(99):F0} | "
            + $"{back.PercentileMilliseconds(100):F0} | {spent / cut.Count:F0} | "
            + $"{before.PercentileMilliseconds(99):F0} | {meanwhile.PercentileMilliseconds(99):F0} | "
            + $"{meanwhile.PercentileMilliseconds(100):F0} |");
    }
}
