namespace Swarms.Hub.Diagnostics;

/// <summary>Runs the <see cref="IStartStep"/>s once the hub listens; it is ready when they are done. Safe from any thread.</summary>
internal sealed class HubStartup(IEnumerable<IStartStep> steps) : IHostedLifecycleService, IReadiness
{
    private volatile bool _isReady;

    public bool IsReady => _isReady;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await step.RunAsync(cancellationToken);
        }

        _isReady = true;
    }

    public string? FindObstacle() => IsReady ? null : "The hub is starting.";

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
