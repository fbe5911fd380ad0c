namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Measures the cost of a delivered chunk over the viewers of one room, and over rooms with the same viewers in all.</summary>
internal static class GrowthScenario
{
    private const int SpreadViewers = 1000;

    private static readonly int[] ViewersOfOneRoom = [10, 100, 1000, 5000];
    private static readonly int[] RoomsOfAllViewers = [1, 20, 200];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        // The default is one run at a pace that a person can read.
        if (options is { Runs: 20, Rate: 1000 })
            options = options with { Runs = 1, Rate = 50 };

        var report = new Report(options);
        foreach (var server in options.Servers)
        {
            foreach (var viewers in ViewersOfOneRoom)
                await MeasureAsync(server, options with { Rooms = 1, Viewers = viewers }, report);

            foreach (var rooms in RoomsOfAllViewers)
                await MeasureAsync(server, options with { Rooms = rooms, Viewers = SpreadViewers / rooms }, report);
        }

        return report.Finish();
    }

    private static Task MeasureAsync(string server, LoadOptions options, Report report) => FeedScenario.MeasureAsync(
        server, options, report,
        $"{server}, {options.Rooms} room{(options.Rooms == 1 ? "" : "s")} × {options.Viewers} viewers × {options.Rate:0} chunks/s");
}
