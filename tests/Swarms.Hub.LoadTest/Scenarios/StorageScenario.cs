using Swarms.Hub.LoadTest.Servers;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Measures the size of a chunk in the database over its length, once the write-ahead log is checkpointed.</summary>
internal static class StorageScenario
{
    private const int Chunks = 100_000;

    private static readonly int[] ChunkBytes = [24, 100, 500, 1000];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        report.Say($"| bytes of text in a chunk | chunks | runs | file, MB | bytes for each chunk |");
        report.Say($"| ---: | ---: | ---: | ---: | ---: |");
        var empty = await MeasureFileAsync(options, chunks: 0);
        foreach (var bytes in ChunkBytes)
        {
            var file = await MeasureFileAsync(options with { ChunkBytes = bytes }, Chunks);
            report.Say(
                $"| {bytes} | {Chunks} | {(Chunks + options.RunChunks - 1) / options.RunChunks} | {file / 1e6:F1} | "
                + $"{(file - empty) / (double)Chunks:F0} |");
        }

        return 0;
    }

    private static async Task<long> MeasureFileAsync(LoadOptions options, int chunks)
    {
        await using var session = new LoadSession("hub", options);
        var hub = (HubServer)session.Server;
        await hub.StartAsync(session.Upstream);
        var seat = (await hub.CreateRoomAsync(1))[0];
        for (var left = chunks; left > 0; left -= options.RunChunks)
            await session.PourRunAsync(seat.Room, Math.Min(left, options.RunChunks));

        await hub.StopAsync();
        return hub.DatabaseBytes;
    }
}
