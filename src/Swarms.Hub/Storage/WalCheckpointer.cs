using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Storage;

/// <summary>
/// Folds the write-ahead log into the database beside the writer, on a connection of its own: 5 ms at p99 that commits would
/// otherwise pay. First the bulk without any lock, then, holding the writer up for what little came meanwhile, the rest, after
/// which the log begins anew.
/// </summary>
internal sealed partial class WalCheckpointer(
    SqliteDatabase database, IOptions<StorageOptions> options, TimeProvider time, ILogger<WalCheckpointer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var wal = new FileInfo(database.Path + "-wal");
                if (wal.Exists && wal.Length > options.Value.CheckpointBytes)
                    Checkpoint();
            }
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops; its last commit folds the rest.
        }
    }

    /// <summary>As <see cref="ExecuteAsync"/> does it. While somebody reads, the log may have to grow on until the next time.</summary>
    internal void Checkpoint()
    {
        try
        {
            using var connection = database.CreateConnection();
            SqliteDatabase.Execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
            // It waits for readers with the writer held up: a short read may end meanwhile, a long one must not stop the room.
            SqliteDatabase.Execute(connection, "PRAGMA busy_timeout = 50");
            SqliteDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException e)
        {
            Log.CheckpointFailed(logger, e.SqliteErrorCode);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The write-ahead log could not be folded now (SQLite error {Code}); it is tried again.")]
        public static partial void CheckpointFailed(ILogger logger, int code);
    }
}
