namespace Swarms.Hub.Storage;

/// <summary>Opens the database before anything else starts; a database that cannot be used stops the start.</summary>
internal sealed class DatabaseStartup(SqliteDatabase database) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        database.Open();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
