using System.Diagnostics;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Measures the events of a session's healthy viewers in a window of time and their cost for the server.</summary>
internal static class FeedWindow
{
    public static async Task<IReadOnlyList<WindowFigures>> MeasureAllAsync(LoadSession session, LoadOptions options, string row)
    {
        var windows = new List<WindowFigures>();
        for (var window = 0; window < options.Repeat; window++)
            windows.Add(await MeasureAsync(session, options, row));

        return windows;
    }

    private static async Task<WindowFigures> MeasureAsync(LoadSession session, LoadOptions options, string row)
    {
        var server = session.Server;
        var healthy = session.Healthy.Select(viewer => viewer.Checker).ToList();
        session.Gauge.Next();
        var (serverCpu, generatorCpu, started) = (server.Figures.CpuMicroseconds, GeneratorCpu(), Stopwatch.GetTimestamp());
        var worst = await new PaceWatch(healthy, options).WatchAsync(options.Seconds);
        var measured = session.Gauge.Next();
        return WindowFigures.From(
            row, measured, Stopwatch.GetElapsedTime(started).TotalSeconds, server.Figures.CpuMicroseconds - serverCpu,
            GeneratorCpu() - generatorCpu, server.Figures.ResidentMegabytes, healthy.Count, worst);
    }

    private static double GeneratorCpu() => Environment.CpuUsage.TotalTime.TotalMicroseconds;
}
