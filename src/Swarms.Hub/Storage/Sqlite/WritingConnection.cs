using System.Text;
using Microsoft.Data.Sqlite;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// The one connection that writes the log. Used by the writer's loop only. Repairs the rests of a failure before it begins a transaction,
/// so that every transaction extends a log without doubt.
/// </summary>
internal sealed class WritingConnection(SqliteDatabase database) : IDisposable
{
    private const int CannotOpen = 14;
    private const int Busy = 5;
    private const int FailedSync = 1034;

    private SqliteConnection? _connection;
    private SqliteCommand _insert = new();
    private SqliteCommand _findHead = new();
    private SqliteCommand _findMember = new();
    private bool? _isSynced;
    private bool _hasLog;
    private int _foreignWrites;
    private bool _hasRefusedCommit;
    private bool _isInDoubt;

    /// <summary>Begins a transaction, after repairing the rests of the last failure.</summary>
    public SqliteTransaction Begin(bool isSynced)
    {
        database.RequireOwnFile();
        var connection = Connect();
        RescueDeletedLog(connection);
        Mend(connection);
        if (_isSynced != isSynced)
            SqliteDatabase.Execute(connection, isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");

        _isSynced = isSynced;
        _insert.Transaction = _findHead.Transaction = _findMember.Transaction = connection.BeginTransaction(deferred: false);
        _hasLog = true;
        return _insert.Transaction;
    }

    /// <summary>Inserts one event in the current transaction.</summary>
    public void Insert(long roomKey, long sequence, PendingEvent pending, EventLink link)
    {
        var parameters = _insert.Parameters;
        parameters[0].Value = roomKey;
        parameters[1].Value = sequence;
        parameters[2].Value = pending.At.ToUnixTimeMilliseconds();
        parameters[3].Value = StoredText.Encode(pending.Type);
        parameters[4].Value = (object?)pending.Run ?? DBNull.Value;
        parameters[5].Value = (object?)pending.By ?? DBNull.Value;
        parameters[6].Value = Encoding.UTF8.GetString(pending.Data.Span);
        parameters[7].Value = link.ToBytes();
        parameters[8].Value = (object?)pending.Key?.Bytes.ToArray() ?? DBNull.Value;
        _insert.ExecuteNonQuery();
    }

    /// <summary>Reads the room's stored head in the current transaction; null if the room is not stored.</summary>
    public StoredHead? FindHead(RoomLog log)
    {
        // A room without a number is found by its id.
        (_findHead.Parameters[0].Value, _findHead.Parameters[1].Value) = (log.Key, log.Key == 0 ? log.Id : DBNull.Value);
        using var row = _findHead.ExecuteReader();
        if (!row.Read())
            return null;

        // The head of a room without events is the origin of its chain.
        var sequence = row.IsDBNull(2) ? row.GetInt64(4) : row.GetInt64(2);
        var link = sequence == row.GetInt64(4) ? Read(row, 5) : Read(row, 3);
        return new StoredHead(row.GetInt64(0), new LogPosition(sequence, link), row.GetBoolean(1));
    }

    /// <summary>
    /// Returns the member at this point of the current transaction; null for one whom the commit adds.
    /// </summary>
    public (string Role, bool HasLeft, bool IsUnmoderated)? FindMember(string memberId)
    {
        _findMember.Parameters[0].Value = memberId;
        using var reader = _findMember.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2)) : null;
    }

    /// <summary>Returns the number for a room that the current transaction creates.</summary>
    public long NextRoomKey()
    {
        using var command = new SqliteCommand("SELECT ifnull(max(Key), 0) + 1 FROM rooms", _connection, _insert.Transaction);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Repairs the connection after a transaction that failed and was rolled back.</summary>
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
            // The connection stays until this succeeds: when the last one closes, SQLite forgets where the good part of the log ends.
            return;
        }

        // A failed connection may be in any state, and its file may have been replaced. A reader opened while the folder was
        // read-only would keep the log's index read-only for the whole process.
        Disconnect();
        database.ClearPool();
    }

    /// <summary>Checkpoints every commit into the file and closes the connection.</summary>
    public void Close()
    {
        try
        {
            database.RequireOwnFile();
            var connection = Connect();
            Mend(connection);
            SqliteDatabase.Execute(connection, "PRAGMA synchronous = FULL");
            database.Fold(connection);
        }
        catch (SqliteException)
        {
            // Every commit stays in the write-ahead log, where the next start finds it.
        }

        Disconnect();
    }

    public void Dispose() => Disconnect();

    // A deleted write-ahead log is still open here and nowhere else, so its content is copied into the database while it is.
    private void RescueDeletedLog(SqliteConnection connection)
    {
        if (!_hasLog || File.Exists(database.Path + "-wal"))
            return;

        database.Fold(connection);
        // No reader may go on with the deleted log.
        database.ClearPool();
        throw new SqliteException("The write-ahead log was deleted.", CannotOpen);
    }

    private void Mend(SqliteConnection connection)
    {
        if (_hasRefusedCommit)
            OverwriteRefusedCommit(connection);

        if (_isInDoubt)
            Fold(connection);
    }

    // A commit whose sync failed is refused, but still lies complete after the log's end, where a start after a crash would find it.
    // The next commit overwrites its beginning and breaks its chain of checksums. This commit must not wait for a sync.
    private void OverwriteRefusedCommit(SqliteConnection connection)
    {
        _isSynced = null;
        SqliteDatabase.Execute(connection, "PRAGMA synchronous = OFF");
        try
        {
            const string Count =
                "INSERT INTO settings VALUES ('failed-syncs', '1') ON CONFLICT (Name) DO UPDATE SET Value = CAST(Value AS INTEGER) + 1";
            SqliteDatabase.Execute(connection, Count);
        }
        finally
        {
            // The last connection checkpoints the log as it closes, and must not do so without a sync.
            SqliteDatabase.Execute(connection, "PRAGMA synchronous = FULL");
        }

        _hasRefusedCommit = false;
    }

    // The kernel reports a failed sync once, may drop the pages that it could not write, and calls the next sync a success. So the
    // commits that relied on the failed sync are written again, into the database, and the log restarts.
    private void Fold(SqliteConnection connection)
    {
        _isSynced = null;
        SqliteDatabase.Execute(connection, "PRAGMA synchronous = FULL");
        if (!database.Fold(connection))
            throw new SqliteException("Somebody reads the log that has to be folded.", Busy);

        _isInDoubt = false;
    }

    private SqliteConnection Connect()
    {
        if (_connection is not null && _foreignWrites == database.ForeignWrites)
            return _connection;

        Disconnect();
        _foreignWrites = database.ForeignWrites;
        _connection = database.CreateConnection();
        // An automatic checkpoint would be the tail of a commit's latency, so WalCheckpointer does it.
        SqliteDatabase.Execute(_connection, "PRAGMA wal_autocheckpoint = 0");
        // Deleted rows are overwritten with zeros. Otherwise their text stays in free pages until something else happens to need them.
        SqliteDatabase.Execute(_connection, "PRAGMA secure_delete = ON");
        _insert = Prepare(
            _connection,
            """
            INSERT INTO events (RoomKey, Sequence, At, Type, Run, "By", Data, Link, Key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            9);
        _findHead = Prepare(
            _connection,
            """
            SELECT room.Key, room.DeletedAt IS NOT NULL, last.Sequence, last.Link, room.OriginSequence, room.OriginLink
            FROM rooms AS room
            LEFT JOIN events AS last
                ON last.RoomKey = room.Key AND last.Sequence = (SELECT max(Sequence) FROM events WHERE RoomKey = room.Key)
            WHERE room.Key = $1 OR room.Id = $2
            """,
            2);
        _findMember = Prepare(_connection, "SELECT Role, HasLeft, Unmoderated FROM members WHERE Id = $1", 1);
        return _connection;
    }

    private void Disconnect()
    {
        _insert.Dispose();
        _findHead.Dispose();
        _findMember.Dispose();
        database.Fold(() =>
        {
            _connection?.Dispose();
            return true;
        });
        (_connection, _isSynced, _hasLog) = (null, null, false);
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });

        return command;
    }

    private static EventLink? Read(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : EventLink.Read(row.GetFieldValue<byte[]>(column));
}
