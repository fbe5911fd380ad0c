using Swarms.Hub.LoadTest.Servers;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>What a chunk takes in the database, over its length, once the write-ahead log is folded into the file.</summary>
internal static class StorageScenario
{
    private const int Chunks = 100_000;

    private static readonly int[] ChunkBytes = [24, 100, 1000];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        report.Say($"| bytes of text in a chunk | chunks | chunks in a run | file before, bytes | file after, bytes | bytes for each chunk |");
        report.Say($"| ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var bytes in ChunkBytes)
            await MeasureAsync(options with { ChunkBytes = bytes }, report);

        return 0;
    }

    private static async Task MeasureAsync(LoadOptions options, Report report)
    {
        await using var session = new LoadSession("hub", options);
        var hub = (HubServer)session.Server;
        await hub.StartAsync(session.Upstream);
        var seat = (await hub.CreateRoomAsync(1))[0];
        for (var left = Chunks; left > 0; left -= options.RunChunks)
            await session.PourRunAsync(seat.Room, Math.Min(left, options.RunChunks));

        await hub.StopAsync();
        const long emptyBytes = 131_072;
        report.Say($"| {options.ChunkBytes} | {Chunks} | {options.RunChunks} | {emptyBytes} | {hub.DatabaseBytes} | {(hub.DatabaseBytes - emptyBytes) / (double)Chunks:F0} |");
    }
}
