using System.Diagnostics;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>
/// Runs begin and end in rounds while viewers leave and come back all the time, every second one with its cursor. Does the server hold more
/// at the end than after its second minute?
/// </summary>
internal static class SoakScenario
{
    // One in this many viewers leaves in each second, so everybody leaves about three times a minute.
    private const int LeavingPart = 20;

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        await using var session = new LoadSession("hub", options);
        await session.StartAsync();
        await session.ConnectAsync();
        report.Say($"| minute | runs ended | viewers that came back | events/s | p99 ms | CPU µs/event | RSS MB |");
        report.Say($"| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var (started, returned, hasAll) = (Stopwatch.GetTimestamp(), 0, true);
        for (var round = 1; round <= options.Repeat && hasAll; round++)
        {
            var (cpu, begun) = (session.Server.Figures.CpuMicroseconds, Stopwatch.GetTimestamp());
            session.Gauge.Next();
            await session.SpeakAsync();
            returned += await StirAsync(session, options);
            hasAll = await session.FallSilentAsync();
            var measured = session.Gauge.Next();
            var figures = session.Server.Figures;
            report.Say(
                $"| {Stopwatch.GetElapsedTime(started).TotalMinutes:F1} | {round * options.Rooms * options.Runs} | {returned} | "
                + $"{measured.Events / Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} | "
                + $"{measured.Latency.PercentileMilliseconds(99):F0} | "
                + $"{(figures.CpuMicroseconds - cpu) / measured.Events:F1} | {figures.ResidentMegabytes:F0} |");
        }

        report.Check(session, hasAll);
        return session.Gauge.Faults.Count == 0 ? 0 : 1;
    }

    private static async Task<int> StirAsync(LoadSession session, LoadOptions options)
    {
        // Viewers whose texts are checked stay, because they need every event.
        var restless = Enumerable.Range(0, session.Viewers.Count).Where(i => session.Viewers[i].Texts is null).ToArray();
        var returned = 0;
        for (var second = 0; second < options.Seconds; second++)
        {
            var next = Task.Delay(TimeSpan.FromSeconds(1));
            Random.Shared.Shuffle(restless);
            await Task.WhenAll(
                restless.Take(session.Viewers.Count / LeavingPart).Select(i => ReplaceAsync(session, i, hasCursor: i % 2 == 0)));
            returned += Math.Min(restless.Length, session.Viewers.Count / LeavingPart);
            await next;
        }

        return returned;
    }

    private static async Task ReplaceAsync(LoadSession session, int index, bool hasCursor)
    {
        var viewer = session.Viewers[index];
        viewer.Connection.Dispose();
        var again = session.Return(viewer);
        await again.Connection.OpenAsync(
            session.Server.Address, viewer.Seat, hasCursor ? viewer.Connection.Cursor : null, CancellationToken.None);
        session.Viewers[index] = again;
    }
}
