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
    private const int TooBig = 18;
    private const int ConstraintViolation = 19;

    private readonly WritingConnection _connection = new(database);

    public StoredCommits Store(List<PendingCommit> commits)
    {
        try
        {
            try
            {
                return StoreTogether(commits, hasSavepoints: false);
            }
            catch (Exception e) when (!IsStorageFailure(e))
            {
                // One commit broke a rule where it had no savepoint: with one for each, it is refused alone.
                return StoreTogether(commits, hasSavepoints: true);
            }
        }
        catch (SqliteException e) when (IsStorageFailure(e))
        {
            _connection.Failed(e);
            throw new StorageFailedException(e);
        }
    }

    /// <summary>True while deleted rooms may have left something. Asked by the writer's loop only.</summary>
    public bool MayHaveRemains { get; private set; } = true;

    /// <summary>Removes one slice of what deleted rooms left.</summary>
    public void RemoveRemains()
    {
        try
        {
            using var transaction = _connection.Begin(isSynced: false);
            MayHaveRemains = RoomRemains.RemoveSlice(transaction);
            transaction.Commit();
        }
        catch (SqliteException e) when (IsStorageFailure(e))
        {
            _connection.Failed(e);
            throw new StorageFailedException(e);
        }
    }

    public void CloseCleanly() => _connection.CloseCleanly();

    public void Dispose() => _connection.Dispose();

    private StoredCommits StoreTogether(List<PendingCommit> commits, bool hasSavepoints)
    {
        using var transaction = _connection.Begin(isSynced: commits.Exists(commit => options.Value.IsSynced(commit.Durability)));
        if (commits.Count == 0)
            Probe(transaction);

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

            if (Store(commit, transaction, commit.Log.Head + events.Count, hasSavepoints) is { } refusal)
            {
                refused.Add((commit, refusal));
                continue;
            }

            events.AddRange(commit.Events);
            accepted.Add((commit, commit.Log.Head + events.Count));
            if (commit.Changes.Any(change => change is RoomChange.DeleteRoom))
                deleted.Add(commit.Log);
        }

        transaction.Commit();
        foreach (var log in deleted)
            log.IsDeleted = MayHaveRemains = true;

        return new StoredCommits(
            rooms.Sum(room => room.Value.Count),
            [.. rooms.SelectMany(room => CommittedBatch.EncodeAll(room.Key.Epoch, room.Key.Head + 1, room.Value).Select(part => (room.Key, part.Batch, part.Events)))],
            accepted,
            refused);
    }

    // Whether the disk takes writes again, where nothing waits to be written. The value differs each time: SQLite writes no page
    // that would stay as it is.
    private static void Probe(SqliteTransaction transaction) =>
        SqliteDatabase.Execute(transaction.Connection!, "INSERT OR REPLACE INTO settings (Name, Value) VALUES ('last-probe', hex(randomblob(8)))");

    // Chunks have no changes and break no rule: they go without the price of a savepoint.
    private Exception? Store(PendingCommit commit, SqliteTransaction transaction, long head, bool hasSavepoint)
    {
        if (commit.Changes.Count == 0 && !hasSavepoint)
        {
            Insert(commit, head);
            return null;
        }

        transaction.Save("commit");
        try
        {
            if (commit.Changes.Count > 0)
                RoomChangeApplier.Apply(commit, transaction, head + 1);

            Insert(commit, head);
            transaction.Release("commit");
            return null;
        }
        catch (Exception e) when (!IsStorageFailure(e))
        {
            transaction.Rollback("commit");
            return e;
        }
    }

    private void Insert(PendingCommit commit, long head)
    {
        foreach (var pending in commit.Events)
            Insert(commit.Log, ++head, pending);
    }

    private void Insert(RoomLog log, long sequence, PendingEvent pending)
    {
        var parameters = _connection.Insert.Parameters;
        parameters[0].Value = log.Key;
        parameters[1].Value = sequence;
        parameters[2].Value = pending.At.ToUnixTimeMilliseconds();
        parameters[3].Value = pending.Type;
        parameters[4].Value = (object?)pending.Run ?? DBNull.Value;
        parameters[5].Value = (object?)pending.By ?? DBNull.Value;
        parameters[6].Value = System.Text.Encoding.UTF8.GetString(pending.Data.Span);
        _connection.Insert.ExecuteNonQuery();
    }

    // A broken rule of the schema is the commit's fault; everything else is the disk's.
    private static bool IsStorageFailure(Exception e) => e is SqliteException { SqliteErrorCode: not (1 or TooBig or ConstraintViolation or 20 or 25) };
}
