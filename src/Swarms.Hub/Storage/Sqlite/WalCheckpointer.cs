using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// Looks after the file once in a second. It folds the write-ahead log into the database beside the writer, on a connection of its own:
/// 5 ms at p99 that commits would otherwise pay. First the bulk without any lock, then, holding the writer up for what little came
/// meanwhile, the rest, after which the log begins anew. It does so when the log is large, and when nothing was written for a while, so
/// that the one file of an idle database is whole. A file that was moved, replaced or deleted is reported to the writer.
/// </summary>
internal sealed partial class WalCheckpointer(
    SqliteDatabase database, CommitQueue queue, ILogWriter writer, IOptions<StorageOptions> options, TimeProvider time, ILogger<WalCheckpointer> logger) : BackgroundService
{
    // A pause between two sentences is not the end of a lesson.
    private const int IdleSeconds = 2;

    private long _transactions;
    private int _idleSeconds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            await database.Opened.WaitAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops; its last commit folds the rest.
        }
    }

    private void Look()
    {
        var wal = new FileInfo(database.Path + "-wal");
        if (!database.IsOwn() || (!wal.Exists && writer.Transactions > 0))
        {
            // Only the writer says that the storage fails, and it finds out by writing.
            queue.Probe();
            return;
        }

        _idleSeconds = writer.Transactions == _transactions ? _idleSeconds + 1 : 0;
        _transactions = writer.Transactions;
        if (wal is { Exists: true, Length: > 0 } && (wal.Length > options.Value.CheckpointBytes || _idleSeconds >= IdleSeconds))
            Checkpoint();
    }

    /// <summary>As <see cref="ExecuteAsync"/> does it. While somebody reads, the log may have to grow on until the next time.</summary>
    internal void Checkpoint()
    {
        try
        {
            using var connection = database.CreateConnection();
            database.Fold(connection, "PASSIVE");
            // It waits for readers with the writer held up: a short read may end meanwhile, a long one must not stop the room.
            SqliteDatabase.Execute(connection, "PRAGMA busy_timeout = 50");
            database.Fold(connection);
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
