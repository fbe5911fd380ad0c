using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Runs;

/// <summary>
/// When the hub is told to stop: admits no more runs, tells the viewers, gives runs a moment to finish, and ends the rest as
/// interrupted, all while the viewers are still connected to see it.
/// </summary>
internal sealed partial class RunDrain(
    RunRegistry registry, IDrainNotice notice, HubShutdown shutdown, IOptions<RunOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RunDrain> logger) : IHostedService
{
    // Spread over so long, a thousand reconnects cost a core a tenth of each second (measurements: 1 ms each).
    private const int ReconnectWithinSeconds = 10;

    // The slowest viewer of all need not hear of it.
    private static readonly TimeSpan NoticeTimeout = TimeSpan.FromSeconds(1);

    // What was committed last is on its way to the viewers; a pass over a thousand of them takes a tenth of this.
    private static readonly TimeSpan FinalDeliveryDelay = TimeSpan.FromMilliseconds(300);

    // For connections that do not answer the close frame.
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    // For a disk that does not take the endings: the next start writes them.
    private static readonly TimeSpan EndingTimeout = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Registered after the server's own callback and therefore run before it: connections are still open.
        lifetime.ApplicationStarted.Register(() => lifetime.ApplicationStopping.Register(Drain));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The framework waits for this callback and for nothing that it starts.
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
