namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>Measures the steady feed: viewers and chunks a second, for each server in turn, in one run.</summary>
internal static class FeedScenario
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        foreach (var server in options.Servers)
            await MeasureAsync(server, options, report);

        return report.Finish();
    }

    /// <summary>Measures one server from its start to its end. The row has the server's name or the given one.</summary>
    public static async Task MeasureAsync(string name, LoadOptions options, Report report, string? row = null)
    {
        await using var session = new LoadSession(name, options);
        await session.StartAsync();
        var server = session.Server;
        var (idle, idleCpu) = (server.Figures.ResidentMegabytes, server.Figures.CpuMicroseconds);
        await session.ConnectAsync();
        var viewers = Math.Max(1, session.Viewers.Count);
        report.Say(
            $"{server.Name}: {session.Viewers.Count} viewers connected, "
            + $"{(server.Figures.CpuMicroseconds - idleCpu) / viewers:F0} us of CPU and "
            + $"{(server.Figures.ResidentMegabytes - idle) * 1024 / viewers:F0} kB of memory each; "
            + $"{idle:F0} MB before.");

        await session.SpeakAsync();
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
        report.Add(await FeedWindow.MeasureAllAsync(session, options, row ?? server.Name));
        var hasAll = await session.FallSilentAsync();
        report.Check(session, hasAll);
    }
}
