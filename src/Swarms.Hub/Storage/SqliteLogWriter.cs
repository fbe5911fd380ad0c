using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage;

/// <summary>
/// Stores commits on the one writing connection. Called by the loop of <see cref="GroupCommitWriter"/> only. All commits of a
/// call share a transaction; sequences are taken in it; a commit that contradicts what is stored is refused alone. Either the
/// call returns and everything accepted is stored, or it throws <see cref="StorageFailedException"/> and nothing is.
/// </summary>
internal sealed class SqliteLogWriter(SqliteDatabase database, IOptions<StorageOptions> options) : IDisposable
{
    private const int CannotOpen = 14;
    private const int ConstraintViolation = 19;

    private SqliteConnection? _connection;
    private SqliteCommand? _insert;
    private bool? _isSynced;

    public StoredCommits Store(List<PendingCommit> commits)
    {
        try
        {
            RefuseMissingFile();
            Connect();
            return StoreTogether(commits);
        }
        catch (SqliteException e) when (!IsStorageFailure(e) && commits.Count > 1)
        {
            // One commit broke a rule that no savepoint caught: find it by storing each alone.
            return Merge(commits.ConvertAll(commit => Store([commit])));
        }
        catch (SqliteException e) when (!IsStorageFailure(e))
        {
            return new StoredCommits(0, [], [], [(commits[0], e)]);
        }
        catch (SqliteException e)
        {
            // A connection that failed may be in any state, and a file may have been replaced under it.
            Disconnect();
            throw new StorageFailedException(e);
        }
    }

    public void CloseCleanly()
    {
        try
        {
            Connect();
            SqliteDatabase.CloseCleanly(_connection!);
        }
        catch (SqliteException)
        {
            // Then the next start counts this as a crash, which loses nothing.
        }

        Disconnect();
    }

    public void Dispose() => Disconnect();

    private StoredCommits StoreTogether(List<PendingCommit> commits)
    {
        SetSynced(commits.Exists(commit => options.Value.IsSynced(commit.Durability)));
        using var transaction = _connection!.BeginTransaction(deferred: false);
        _insert!.Transaction = transaction;
        var rooms = new Dictionary<RoomLog, List<PendingEvent>>();
        var accepted = new List<(PendingCommit, long)>(commits.Count);
        var refused = new List<(PendingCommit, Exception)>();
        var deleted = new HashSet<RoomLog>();
        foreach (var commit in commits)
        {
            if (!rooms.TryGetValue(commit.Log, out var events))
                rooms.Add(commit.Log, events = []);

            if (commit.Log.IsDeleted || deleted.Contains(commit.Log))
            {
                refused.Add((commit, new HubErrorException(ErrorCodes.NotFound, "The room was deleted.")));
                continue;
            }

            if (Apply(commit, transaction, commit.Log.Head + events.Count) is { } refusal)
            {
                refused.Add((commit, refusal));
                continue;
            }

            foreach (var pending in commit.Events)
            {
                Insert(commit.Log, commit.Log.Head + events.Count + 1, pending);
                events.Add(pending);
            }

            accepted.Add((commit, commit.Log.Head + events.Count));
            if (commit.Changes.Any(change => change is RoomChange.DeleteRoom))
                deleted.Add(commit.Log);
        }

        transaction.Commit();
        foreach (var log in deleted)
            log.IsDeleted = true;

        return new StoredCommits(
            rooms.Sum(room => room.Value.Count),
            [.. rooms.SelectMany(room => CommittedBatch.EncodeAll(room.Key.Epoch, room.Key.Head + 1, room.Value).Select(part => (room.Key, part.Batch, part.Events)))],
            accepted,
            refused);
    }

    private static Exception? Apply(PendingCommit commit, SqliteTransaction transaction, long head)
    {
        if (commit.Changes.Count == 0)
            return null;

        transaction.Save("commit");
        try
        {
            RoomChangeApplier.Apply(commit, transaction, head + 1);
            transaction.Release("commit");
            return null;
        }
        catch (Exception e) when (e is HubErrorException or SqliteException { SqliteErrorCode: ConstraintViolation })
        {
            transaction.Rollback("commit");
            return e;
        }
    }

    private void Insert(RoomLog log, long sequence, PendingEvent pending)
    {
        var parameters = _insert!.Parameters;
        parameters[0].Value = log.Key;
        parameters[1].Value = sequence;
        parameters[2].Value = pending.At.ToUnixTimeMilliseconds();
        parameters[3].Value = pending.Type;
        parameters[4].Value = (object?)pending.Run ?? DBNull.Value;
        parameters[5].Value = (object?)pending.By ?? DBNull.Value;
        parameters[6].Value = System.Text.Encoding.UTF8.GetString(pending.Data.Span);
        _insert.ExecuteNonQuery();
    }

    private void SetSynced(bool isSynced)
    {
        if (_isSynced == isSynced)
            return;

        SqliteDatabase.Execute(_connection!, isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        _isSynced = isSynced;
    }

    // An open connection goes on writing into a file that was deleted: nobody would ever read it.
    private void RefuseMissingFile()
    {
        if (!File.Exists(database.Path))
            throw new SqliteException("The database file is gone.", CannotOpen);
    }

    private void Connect()
    {
        if (_connection is not null)
            return;

        _connection = database.CreateConnection();
        // Folding the log into the database would be the tail of a commit's latency: WalCheckpointer does it.
        SqliteDatabase.Execute(_connection, "PRAGMA wal_autocheckpoint = 0");
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO events (RoomKey, Sequence, At, Type, Run, \"By\", Data) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        for (var i = 1; i <= 7; i++)
            _insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
    }

    private void Disconnect()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        (_insert, _connection, _isSynced) = (null, null, null);
    }

    private static StoredCommits Merge(List<StoredCommits> parts) => new(
        parts.Sum(part => part.Events),
        [.. parts.SelectMany(part => part.Batches)],
        [.. parts.SelectMany(part => part.Accepted)],
        [.. parts.SelectMany(part => part.Refused)]);

    // A broken rule of the schema is the commit's fault; everything else is the disk's.
    private static bool IsStorageFailure(SqliteException e) => e.SqliteErrorCode is not (1 or ConstraintViolation or 20 or 25);
}
