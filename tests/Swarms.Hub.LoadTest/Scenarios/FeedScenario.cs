using System.Diagnostics;
using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>The steady feed: so many viewers, so many chunks a second, for each server in turn, in one run.</summary>
internal static class FeedScenario
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        foreach (var server in options.Servers)
            await MeasureAsync(server, options, report);

        return report.Finish();
    }

    private static async Task MeasureAsync(string name, LoadOptions options, Report report)
    {
        await using var session = new LoadSession(name, options);
        await session.StartAsync();
        var server = session.Server;
        var (idle, idleCpu) = (server.Figures.ResidentMegabytes, server.Figures.CpuMicroseconds);
        await session.ConnectAsync();
        report.Say(
            $"{server.Name}: {session.Viewers.Count} viewers connected, {(server.Figures.CpuMicroseconds - idleCpu) / Math.Max(1, session.Viewers.Count):F0} us of CPU and " +
            $"{(server.Figures.ResidentMegabytes - idle) * 1024 / Math.Max(1, session.Viewers.Count):F0} kB of memory each; {idle:F0} MB before.");

        await session.SpeakAsync();
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
        var windows = new List<WindowFigures>();
        for (var window = 0; window < options.Repeat; window++)
            windows.Add(await MeasureWindowAsync(session, options));

        await session.FallSilentAsync();
        report.Add(windows);
        SayWhatTheOthersGot(session, report);
        report.Check(server.Name, session.Gauge, session.Viewers.Sum(viewer => viewer.Texts?.Checked ?? 0));
    }

    private static async Task<WindowFigures> MeasureWindowAsync(LoadSession session, LoadOptions options)
    {
        var server = session.Server;
        var healthy = session.Healthy.Select(viewer => viewer.Checker).ToList();
        session.Gauge.Next();
        var (serverCpu, generatorCpu, started) = (server.Figures.CpuMicroseconds, GeneratorCpu(), Stopwatch.GetTimestamp());
        var worst = await new PaceWatch(healthy, options.Rate).WatchAsync(options.Seconds);
        var measured = session.Gauge.Next();
        return WindowFigures.From(
            server.Name, measured, Stopwatch.GetElapsedTime(started).TotalSeconds, server.Figures.CpuMicroseconds - serverCpu,
            GeneratorCpu() - generatorCpu, server.Figures.ResidentMegabytes, healthy.Count, worst);
    }

    private static void SayWhatTheOthersGot(LoadSession session, Report report)
    {
        foreach (var viewer in session.Viewers.Where(viewer => viewer.Habit != ReadingHabit.Healthy))
        {
            report.Say(
                $"{session.Server.Name}: the {viewer.Habit} viewer read {viewer.Checker.Events} events and {viewer.Checker.Snapshots} snapshots, " +
                $"and {viewer.Connection.FindEnd() ?? "is still connected"}.");
        }
    }

    private static double GeneratorCpu() => Environment.CpuUsage.TotalTime.TotalMicroseconds;
}
