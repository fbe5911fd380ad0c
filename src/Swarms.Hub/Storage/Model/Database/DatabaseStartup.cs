using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Claims the database before anything else starts, opens it once the hub listens, and releases it after everything else has stopped. An
/// unusable database ends the start.
/// </summary>
internal sealed class DatabaseStartup(HubDatabase database) : IHostedLifecycleService, IStartStep
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        database.Claim();
        return Task.CompletedTask;
    }

    public Task RunAsync(CancellationToken cancellationToken)
    {
        database.Open();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        database.Close();
        return Task.CompletedTask;
    }
}
