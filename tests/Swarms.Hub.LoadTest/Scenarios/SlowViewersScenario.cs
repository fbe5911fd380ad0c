using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>
/// Measures the steady feed twice in one run: first with healthy viewers only, then beside some that stall or trickle, long enough that the
/// server must act on them. What do the healthy ones notice?
/// </summary>
internal static class SlowViewersScenario
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        if (options.Stalled + options.Trickling == 0)
            options = options with { Stalled = 5, Trickling = 5 };

        var report = new Report(options);
        foreach (var server in options.Servers)
            await MeasureAsync(server, options, report);

        return report.Finish();
    }

    private static async Task MeasureAsync(string name, LoadOptions options, Report report)
    {
        await using var session = new LoadSession(name, options);
        await session.StartAsync();
        await session.ConnectAsync(habit => habit == ReadingHabit.Healthy);
        await session.SpeakAsync();
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
        report.Add(await FeedWindow.MeasureAllAsync(session, options, $"{session.Server.Name}, healthy viewers only"));
        await session.ConnectAsync(habit => habit != ReadingHabit.Healthy);
        // A slow viewer affects the others when the kernel holds no more for it, and when it is ended.
        report.Add(
            await FeedWindow.MeasureAllAsync(
                session, options, $"{session.Server.Name}, beside {options.Stalled} stalled and {options.Trickling} trickling"));
        SayWhatTheSlowGot(session, report);
        var hasAll = await session.FallSilentAsync();
        report.Check(session, hasAll);
    }

    private static void SayWhatTheSlowGot(LoadSession session, Report report)
    {
        foreach (var viewer in session.Viewers.Where(viewer => viewer.Habit != ReadingHabit.Healthy))
        {
            report.Say(
                $"{session.Server.Name}: the {viewer.Habit} viewer read {viewer.Checker.Events} events "
                + $"and {viewer.Checker.Snapshots} snapshots, and {viewer.Connection.FindEnd() ?? "is still connected"}.");
        }
    }
}
