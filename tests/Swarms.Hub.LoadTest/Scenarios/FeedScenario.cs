namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>The steady feed: so many viewers, so many chunks a second, for each server in turn, in one run.</summary>
internal static class FeedScenario
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        var report = new Report(options);
        foreach (var server in options.Servers)
            await MeasureAsync(server, options, report);

        return report.Finish();
    }

    /// <summary>One server from its start to its end; its row is called by its name or by the given one.</summary>
    public static async Task MeasureAsync(string name, LoadOptions options, Report report, string? row = null)
    {
        await using var session = new LoadSession(name, options);
        await session.StartAsync();
        var server = session.Server;
        var (idle, idleCpu) = (server.Figures.ResidentMegabytes, server.Figures.CpuMicroseconds);
        await session.ConnectAsync();
        report.Say(
            $"{server.Name}: {session.Viewers.Count} viewers connected, {(server.Figures.CpuMicroseconds - idleCpu) / Math.Max(1, session.Viewers.Count):F0} us of CPU and " +
            $"{(server.Figures.ResidentMegabytes - idle) * 1024 / Math.Max(1, session.Viewers.Count):F0} kB of memory each; {idle:F0} MB before.");

        await session.SpeakAsync();
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
        report.Add(await FeedWindow.MeasureAllAsync(session, options, row ?? server.Name));
        var hasAll = await session.FallSilentAsync();
        report.Check(session, hasAll);
    }
}
