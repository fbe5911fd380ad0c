using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Runs;

/// <summary>
/// Ends the runs of a stopping hub: it admits no more, tells the viewers, waits for runs to finish, and ends the others as interrupted.
/// The viewers stay connected and see it.
/// </summary>
internal sealed partial class RunDrain(
    RunRegistry registry, IDrainNotice notice, HubShutdown shutdown, IOptions<RunOptions> options, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<RunDrain> logger) : IHostedService
{
    // A thousand reconnects over this time take a tenth of a core (1 ms each, measured).
    private const int ReconnectWithinSeconds = 10;

    // The drain does not wait longer for the slowest viewer.
    private static readonly TimeSpan NoticeTimeout = TimeSpan.FromSeconds(1);

    // The last commits are on their way to the viewers. A pass over a thousand viewers takes a tenth of this time.
    private static readonly TimeSpan FinalDeliveryDelay = TimeSpan.FromMilliseconds(300);

    // The limit for connections that do not answer the close frame.
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    // The limit for a disk that does not take the endings. The next start writes them.
    private static readonly TimeSpan EndingTimeout = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // This callback is registered after the server's own and so runs before it, while connections are still open.
        lifetime.ApplicationStarted.Register(() => lifetime.ApplicationStopping.Register(Drain));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The framework waits for this callback, but not for tasks that it starts.
    private void Drain() => DrainAsync().GetAwaiter().GetResult();

    private async Task DrainAsync()
    {
        registry.Drain();
        await WaitAsync(notice.SendDrainingAsync(ReconnectWithinSeconds), NoticeTimeout);
        if (registry.All() is { Count: > 0 } runs)
            await EndAsync(runs);

        await shutdown.DrainAsync(GoodbyeTimeout, time);
    }

    private async Task EndAsync(IReadOnlyList<ActiveRun> runs)
    {
        Log.Draining(logger, runs.Count);
        var ended = Task.WhenAll(runs.Select(run => run.Ended));
        // Nobody need wait for a decision.
        foreach (var run in runs.Where(run => run.IsProposed))
            run.Stop(ProposalRestorer.IsKept(run) ? RunStop.Suspended : RunStop.HubStopped);

        await WaitAsync(ended, options.Value.DrainTimeout);
        foreach (var run in runs)
            run.Stop(RunStop.HubStopped);

        await WaitAsync(ended, EndingTimeout);
        await Task.Delay(FinalDeliveryDelay, time);
    }

    private async Task WaitAsync(Task task, TimeSpan timeout) =>
        await task.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Stopping: {Count} runs may finish or are ended as interrupted.")]
        public static partial void Draining(ILogger logger, int count);
    }
}
