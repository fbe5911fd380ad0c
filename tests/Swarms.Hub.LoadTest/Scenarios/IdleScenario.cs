using Swarms.Hub.LoadTest.Servers;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Measures the memory of viewers and rooms while nothing happens.</summary>
internal static class IdleScenario
{
    private const int Rooms = 2000;

    private static readonly int[] Viewers = [1000, 5000];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        report.Say($"| server | RSS before, MB | RSS after, MB | each, kB |");
        report.Say($"| --- | ---: | ---: | ---: |");
        foreach (var server in options.Servers)
        {
            foreach (var viewers in Viewers)
                await MeasureViewersAsync(server, options with { Viewers = viewers }, report);
        }

        await MeasureRoomsAsync(options, report);
        return 0;
    }

    private static async Task MeasureViewersAsync(string name, LoadOptions options, Report report)
    {
        await using var session = new LoadSession(name, options);
        await session.StartAsync();
        var before = await RestAsync(session.Server, options);
        await session.ConnectAsync();
        var after = await RestAsync(session.Server, options);
        Say(report, $"{session.Server.Name}, {options.Viewers} viewers", before, after, options.Viewers);
    }

    private static async Task MeasureRoomsAsync(LoadOptions options, Report report)
    {
        await using var session = new LoadSession("hub", options with { Rooms = 0 });
        await session.StartAsync();
        // The first rooms pay for memory that all of them share.
        await CreateRoomsAsync(session.Server, 100);
        var before = await RestAsync(session.Server, options);
        await CreateRoomsAsync(session.Server, Rooms);
        var after = await RestAsync(session.Server, options);
        Say(report, $"{session.Server.Name}, {Rooms} rooms of two members", before, after, Rooms);
    }

    private static Task CreateRoomsAsync(ServerUnderTest server, int count) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, _) => await server.CreateRoomAsync(1));

    private static void Say(Report report, string row, double before, double after, int count) =>
        report.Say($"| {row} | {before:F0} | {after:F0} | {(after - before) * 1024 / count:F1} |");

    private static async Task<double> RestAsync(ServerUnderTest server, LoadOptions options)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
        return server.Figures.ResidentMegabytes;
    }
}
