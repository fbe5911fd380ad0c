namespace Swarms.Hub.Hosting;

/// <summary>Runs the hub from its start to its end. Called once, by the program.</summary>
internal static class HubLife
{
    /// <summary>
    /// Starts the hub, waits until it is told to stop, and returns the program's exit code: 1 if one of its loops failed. Throws what made
    /// a start fail, unless the hub was told to stop meanwhile. What had started is stopped before: a loop must not find its database
    /// disposed.
    /// </summary>
    public static async Task<int> RunAsync(WebApplication app)
    {
        await using (app)
        {
            var loops = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
            try
            {
                await app.StartAsync();
            }
            catch (Exception e)
            {
                var wasStopped = StartupFailure.IsStopped(e, app.Lifetime.ApplicationStopping);
                await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                // A loop that fails while others start stops the hub, which the start then tells as a cancellation.
                if (wasStopped)
                    return ExitCode(loops);

                throw;
            }

            await app.WaitForShutdownAsync();
            return ExitCode(loops);
        }
    }

    private static int ExitCode(IEnumerable<BackgroundService> loops) => loops.Any(loop => loop.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
}
