using System.Diagnostics;
using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Measures joining a room over the length of its history: the time and the bytes of the first frame.</summary>
internal static class JoinScenario
{
    private const int Joins = 50;

    private static readonly int[] Lengths = [10, 100, 1_000, 10_000, 100_000, 1_000_000];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        await using var session = new LoadSession("hub", options);
        await session.Server.StartAsync(session.Upstream);
        report.Say($"| events in the room | time to the first frame, p50 ms | p99 ms | bytes of the snapshot |");
        report.Say($"| ---: | ---: | ---: | ---: |");
        foreach (var length in Lengths)
            await MeasureAsync(session, options, report, length);

        return session.Gauge.Faults.Count == 0 ? 0 : 1;
    }

    private static async Task MeasureAsync(LoadSession session, LoadOptions options, Report report, int length)
    {
        var seat = (await session.Server.CreateRoomAsync(1))[0];
        // A long history has many runs, like a room that was used for a year.
        for (var left = length; left > 0; left -= options.RunChunks)
            await session.PourRunAsync(seat.Room, Math.Min(left, options.RunChunks));

        var times = new LatencyHistogram();
        var bytes = 0;
        for (var join = 0; join < Joins; join++)
        {
            var started = Stopwatch.GetTimestamp();
            using var viewer = session.CreateViewer(seat);
            bytes = await viewer.OpenAsync(session.Server.Address, seat, cursor: null, CancellationToken.None);
            times.Add((long)Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        report.Say($"| {length} | {times.PercentileMilliseconds(50):F1} | {times.PercentileMilliseconds(99):F1} | {bytes} |");
    }
}
