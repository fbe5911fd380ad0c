namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>
/// Looks each second, in one loop, whether the server is the one that it was. Otherwise it asks the writer to find out whether the store
/// takes writes: the writer then compares the rooms in memory with those that are stored. Measures the database, too.
/// </summary>
internal sealed class PostgreSqlWatch(PostgreSqlDatabase database, CommitQueue queue, TimeProvider time) : BackgroundService
{
    private const int LooksPerSize = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            await database.Opened.WaitAsync(stoppingToken);
            string? server = null;
            for (var looks = 0; await timer.WaitForNextTickAsync(stoppingToken); looks++)
            {
                var found = await FindServerAsync(measures: looks % LooksPerSize == 0, stoppingToken);
                if (found is null || (server is not null && found != server))
                    queue.Probe();

                server = found ?? server;
            }
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    // Null if the server cannot be asked.
    private async Task<string?> FindServerAsync(bool measures, CancellationToken stoppingToken)
    {
        try
        {
            if (measures)
                await database.UpdateSizeAsync(stoppingToken);

            return await database.FindServerAsync(stoppingToken);
        }
        catch (Exception e) when (PostgreSqlFailures.Find(e) is not null)
        {
            return null;
        }
    }
}
