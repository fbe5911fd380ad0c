using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>One window of a server under load, as it is reported; medians over windows have the same form.</summary>
internal sealed record WindowFigures
{
    public required string Server { get; init; }

    public required double EventsPerSecond { get; init; }

    public required double PerViewerPerSecond { get; init; }

    /// <summary>The server's user and system time for each event that a healthy viewer read.</summary>
    public required double CpuMicrosecondsPerEvent { get; init; }

    public required double ServerCores { get; init; }

    public required double GeneratorCores { get; init; }

    public required double P50 { get; init; }

    public required double P99 { get; init; }

    public required double P999 { get; init; }

    public required double EventsPerMessage { get; init; }

    public required double BytesPerEvent { get; init; }

    public required double ResidentMegabytes { get; init; }

    /// <summary>The share of the pace that the worst healthy viewer got in its worst second.</summary>
    public required double WorstSecond { get; init; }

    public static WindowFigures From(
        string server,
        Measurement measured,
        double seconds,
        double serverCpu,
        double generatorCpu,
        double resident,
        int viewers,
        double worstSecond) =>
        new()
    {
        Server = server,
        EventsPerSecond = measured.Events / seconds,
        PerViewerPerSecond = measured.Events / seconds / viewers,
        CpuMicrosecondsPerEvent = serverCpu / Math.Max(1, measured.Events),
        ServerCores = serverCpu / seconds / 1_000_000,
        GeneratorCores = generatorCpu / seconds / 1_000_000,
        P50 = measured.Latency.PercentileMilliseconds(50),
        P99 = measured.Latency.PercentileMilliseconds(99),
        P999 = measured.Latency.PercentileMilliseconds(99.9),
        EventsPerMessage = (double)measured.Events / Math.Max(1, measured.Messages),
        BytesPerEvent = (double)measured.Bytes / Math.Max(1, measured.Events),
        ResidentMegabytes = resident,
        WorstSecond = worstSecond,
    };

    /// <summary>Returns the median of every figure by itself, but the worst of the worst seconds.</summary>
    public static WindowFigures Median(IReadOnlyList<WindowFigures> windows) => windows[0] with
    {
        EventsPerSecond = Median(windows, window => window.EventsPerSecond),
        PerViewerPerSecond = Median(windows, window => window.PerViewerPerSecond),
        CpuMicrosecondsPerEvent = Median(windows, window => window.CpuMicrosecondsPerEvent),
        ServerCores = Median(windows, window => window.ServerCores),
        GeneratorCores = Median(windows, window => window.GeneratorCores),
        P50 = Median(windows, window => window.P50),
        P99 = Median(windows, window => window.P99),
        P999 = Median(windows, window => window.P999),
        EventsPerMessage = Median(windows, window => window.EventsPerMessage),
        BytesPerEvent = Median(windows, window => window.BytesPerEvent),
        ResidentMegabytes = Median(windows, window => window.ResidentMegabytes),
        WorstSecond = windows.Min(window => window.WorstSecond),
    };

    private static double Median(IReadOnlyList<WindowFigures> windows, Func<WindowFigures, double> figure)
    {
        var sorted = windows.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
