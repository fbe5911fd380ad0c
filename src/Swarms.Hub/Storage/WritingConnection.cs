using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage;

/// <summary>
/// The one connection that writes the log, and what a failure left of it. Used by the writer's loop only. Whoever gets a
/// transaction from it writes onto a log in which nothing is in doubt.
/// </summary>
internal sealed class WritingConnection(SqliteDatabase database) : IDisposable
{
    private const int CannotOpen = 14;
    private const int Busy = 5;
    private const int FailedSync = 1034;

    private SqliteConnection? _connection;
    private bool? _isSynced;
    private bool _hasRefusedCommit;
    private bool _isInDoubt;

    /// <summary>Inserts one event, in the transaction that was begun last.</summary>
    public SqliteCommand Insert { get; private set; } = new();

    /// <summary>Begins a transaction, after mending what the last failure left.</summary>
    public SqliteTransaction Begin(bool isSynced)
    {
        RefuseMissingFile();
        var connection = Connect();
        Mend(connection);
        if (_isSynced != isSynced)
            SqliteDatabase.Execute(connection, isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");

        _isSynced = isSynced;
        return Insert.Transaction = connection.BeginTransaction(deferred: false);
    }

    /// <summary>A transaction failed, and was rolled back.</summary>
    public void Failed(SqliteException exception)
    {
        if (exception.SqliteExtendedErrorCode == FailedSync && !_isInDoubt)
            (_isInDoubt, _hasRefusedCommit) = (true, true);

        try
        {
            if (_hasRefusedCommit && _connection is not null)
                OverwriteRefusedCommit(_connection);
        }
        catch (SqliteException)
        {
            // Until that succeeds this connection stays: with the last one SQLite forgets up to where the log was good.
            return;
        }

        // A connection that failed may be in any state, and a file may have been replaced under it.
        Disconnect();
    }

    public void CloseCleanly()
    {
        try
        {
            SqliteDatabase.CloseCleanly(Connect());
        }
        catch (SqliteException)
        {
            // Then the next start counts this as a crash, which loses nothing.
        }

        Disconnect();
    }

    public void Dispose() => Disconnect();

    private void Mend(SqliteConnection connection)
    {
        if (_hasRefusedCommit)
            OverwriteRefusedCommit(connection);

        if (_isInDoubt)
            Fold(connection);
    }

    // A commit whose sync failed is refused, and still lies whole behind the log's end, where a start after a crash would find it.
    // The next commit goes to the same place and breaks its chain of checksums; this one must not wait for a sync.
    private void OverwriteRefusedCommit(SqliteConnection connection)
    {
        _isSynced = null;
        SqliteDatabase.Execute(connection, "PRAGMA synchronous = OFF");
        try
        {
            SqliteDatabase.Execute(connection, "INSERT INTO settings VALUES ('failed-syncs', '1') ON CONFLICT (Name) DO UPDATE SET Value = CAST(Value AS INTEGER) + 1");
        }
        finally
        {
            // The last connection folds the log as it closes, and must not do so without a sync.
            SqliteDatabase.Execute(connection, "PRAGMA synchronous = FULL");
        }

        _hasRefusedCommit = false;
    }

    // The system reports a failed sync once, may have dropped what it could not write, and calls the next sync a success. What
    // earlier commits left to that sync is therefore written anew, into the database, and the log begins anew.
    private void Fold(SqliteConnection connection)
    {
        _isSynced = null;
        SqliteDatabase.Execute(connection, "PRAGMA synchronous = FULL");
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if ((long)command.ExecuteScalar()! != 0)
            throw new SqliteException("Somebody reads the log that has to be folded.", Busy);

        _isInDoubt = false;
    }

    // An open connection goes on writing into a file that was deleted: nobody would ever read it.
    private void RefuseMissingFile()
    {
        if (!File.Exists(database.Path))
            throw new SqliteException("The database file is gone.", CannotOpen);
    }

    private SqliteConnection Connect()
    {
        if (_connection is not null)
            return _connection;

        _connection = database.CreateConnection();
        // Folding the log into the database would be the tail of a commit's latency: WalCheckpointer does it.
        SqliteDatabase.Execute(_connection, "PRAGMA wal_autocheckpoint = 0");
        Insert = _connection.CreateCommand();
        Insert.CommandText = "INSERT INTO events (RoomKey, Sequence, At, Type, Run, \"By\", Data) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        for (var i = 1; i <= 7; i++)
            Insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });

        return _connection;
    }

    private void Disconnect()
    {
        Insert.Dispose();
        _connection?.Dispose();
        (_connection, _isSynced) = (null, null);
    }
}
