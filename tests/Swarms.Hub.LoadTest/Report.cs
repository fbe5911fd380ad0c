using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Swarms.Hub.LoadTest.Scenarios;

namespace Swarms.Hub.LoadTest;

/// <summary>Prints the figures as Markdown or JSON. The exit code is 1 if any viewer got anything but 1, 2, 3 …</summary>
internal sealed class Report(LoadOptions options)
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<WindowFigures> _medians = [];
    private bool _hasFaults;

    /// <summary>Prints a remark beside the table.</summary>
    public void Say(DefaultInterpolatedStringHandler sentence) =>
        (options.Json ? Console.Error : Console.Out).WriteLine(sentence.ToStringAndClear());

    public void Add(IReadOnlyList<WindowFigures> windows) => _medians.Add(WindowFigures.Median(windows));

    /// <summary>Reports whether a session's viewers got everything that they should have.</summary>
    public void Check(LoadSession session, bool hasAll)
    {
        var (server, faults) = (session.Server.Name, session.Gauge.Faults);
        if (faults.Count == 0)
        {
            var rest = hasAll
                ? $"to the end; {session.Digests} digests agree"
                : "but was not given all of them within half a minute after the end";
            Say($"{server}: every viewer saw every sequence once and in order, {rest}.");
            return;
        }

        _hasFaults = true;
        foreach (var fault in faults.Take(20))
            Console.Error.WriteLine($"{server}: {fault}");

        Console.Error.WriteLine($"{server}: {faults.Count} faults in all.");
    }

    public int Finish()
    {
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(_medians, JsonOptions));
            return _hasFaults ? 1 : 0;
        }

        Console.WriteLine();
        Console.WriteLine(
            "| server | events/s | per viewer/s | CPU µs/event | server cores | generator cores | p50 ms | p99 ms | p99.9 ms | "
            + "events/message | bytes/event | RSS MB | worst second |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var row in _medians)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Server} | {row.EventsPerSecond:N0} | {row.PerViewerPerSecond:F1} | {row.CpuMicrosecondsPerEvent:F2} | "
                + $"{row.ServerCores:F2} | {row.GeneratorCores:F2} | "
                + $"{row.P50:F1} | {row.P99:F1} | {row.P999:F1} | {row.EventsPerMessage:F1} | {row.BytesPerEvent:F0} | "
                + $"{row.ResidentMegabytes:F0} | {row.WorstSecond:P1} |"));
        }

        return _hasFaults ? 1 : 0;
    }
}
