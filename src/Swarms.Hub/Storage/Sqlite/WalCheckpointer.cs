using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// Checks the file once a second, in one loop. Checkpoints a large write-ahead log on its own connection, which saves commits 5 ms at p99:
/// first the bulk without a lock, then the little that came meanwhile, with the writer blocked, and the log restarts. Also checkpoints an
/// idle database, so that its one file is complete, and one whose last deleted rows were removed. Reports a moved, replaced or deleted
/// file to the writer.
/// </summary>
internal sealed partial class WalCheckpointer(
    SqliteDatabase database, CommitQueue queue, ILogWriter writer, IOptions<StorageOptions> options, TimeProvider time,
    ILogger<WalCheckpointer> logger) : BackgroundService
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
            // The hub stops; the writer checkpoints the rest as it closes.
        }
    }

    private void Look()
    {
        var wal = new FileInfo(database.Path + "-wal");
        if (!database.IsOwn() || (!wal.Exists && writer.Transactions > 0))
        {
            // Only the writer declares that the storage fails, and it finds out by writing.
            queue.Probe();
            return;
        }

        _idleSeconds = writer.Transactions == _transactions ? _idleSeconds + 1 : 0;
        _transactions = writer.Transactions;
        var isDue = database.TakeFoldRequest();
        if (wal is not { Exists: true, Length: > 0 })
            return;

        if (!isDue && wal.Length <= options.Value.CheckpointBytes && _idleSeconds < IdleSeconds)
            return;

        // Deleted text must leave the log too, however long readers keep it.
        if (!Checkpoint() && isDue)
            database.RequestFold();
    }

    /// <summary>
    /// Checkpoints the log, as the loop does, and cuts it to nothing. Returns false if a reader blocked that; the log then grows until the
    /// next time.
    /// </summary>
    internal bool Checkpoint()
    {
        try
        {
            using var connection = database.CreateConnection();
            database.Fold(connection, "PASSIVE");
            // This checkpoint blocks the writer while it waits for readers: a short read may end, a long one must not stop all rooms.
            SqliteDatabase.Execute(connection, "PRAGMA busy_timeout = 50");
            return database.Fold(connection);
        }
        catch (SqliteException e)
        {
            Log.CheckpointFailed(logger, e.SqliteErrorCode);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The write-ahead log could not be folded now (SQLite error {Code}); it is tried again.")]
        public static partial void CheckpointFailed(ILogger logger, int code);
    }
}
