using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Swarms.Hub.Access;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>
/// Stores commits on the connection that owns the database. Called by the writer's loop only, which waits for the server. Chunks of rooms
/// that are as they were go in one statement, which is one round trip and one transaction. It compares each room's fence and head under
/// the lock of the room's row, and stores all or nothing. Everything else goes through <see cref="LogWriter"/>. Next:
/// <see cref="RoomWrite"/>, which the loop publishes.
/// </summary>
internal sealed class PostgreSqlLogWriter(
    PostgreSqlDatabase database, SearchFiller search, RoomRegistry rooms, IOptions<StorageOptions> options)
    : LogWriter(database, search, options)
{
    private const string DivisionByZero = "22012";

    private const string Insertion = $"INSERT INTO events ({EventRows.Columns}) SELECT * FROM ";

    private const string FindHeadStatement =
        """
        SELECT room.key, room.deletedat IS NOT NULL, last.sequence, last.link, room.originsequence, room.originlink, room.fence
        FROM rooms AS room LEFT JOIN LATERAL (
            SELECT sequence, link FROM events WHERE roomkey = room.key ORDER BY sequence DESC LIMIT 1) AS last ON true
        WHERE room.key = $1 OR room.id = $2
        """;

    private static readonly string InsertStatement = Insertion + EventRows.Unnest(1);

    // The head is the room's last event, so nothing can get out of step with it. A later event breaks the key of the table.
    private static readonly string FencedInsert =
        $"""
        WITH wanted AS (
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS given(key, head, link)),
        owned AS (
            SELECT room.key FROM rooms AS room JOIN wanted ON wanted.key = room.key
            WHERE room.fence = $4 AND room.deletedat IS NULL AND wanted.link = CASE
                WHEN wanted.head = room.originsequence THEN room.originlink
                ELSE (SELECT link FROM events WHERE roomkey = room.key AND sequence = wanted.head) END
            FOR NO KEY UPDATE OF room),
        checked AS (SELECT 1 / (count(*) = cardinality($1::bigint[]))::integer AS all_owned FROM owned)
        INSERT INTO events ({EventRows.Columns})
        SELECT added.* FROM {EventRows.Unnest(5)} AS added CROSS JOIN checked WHERE checked.all_owned = 1
        """;

    private readonly EventRows _waiting = new();
    private NpgsqlTransaction? _transaction;
    private int _connections;
    private bool _isCommitting;

    public override string DatabaseSystem => "postgresql";

    private OwningConnection Owner => database.Owner;

    public override async ValueTask<StoredCommits> StoreAsync(IReadOnlyList<PendingCommit> commits)
    {
        if (commits.Count > 0 && _connections == Owner.Connections && commits.All(IsOfChunks) && TryStore(commits) is { } stored)
            return stored;

        var others = await base.StoreAsync(commits);
        return _connections == Owner.Connections ? others : Compare(others);
    }

    public override ValueTask CloseAsync()
    {
        try
        {
            // A commit that waits for the disk makes everything before it durable.
            using var transaction = Begin(isSynced: true);
            Probe(transaction);
            transaction.Commit();
        }
        catch (Exception e) when (PostgreSqlFailures.Find(e) is not null)
        {
            // The server has every commit, and writes it to its disk in a moment.
        }

        _waiting.Clear();
        return ValueTask.CompletedTask;
    }

    protected override NpgsqlTransaction Begin(bool isSynced)
    {
        _waiting.Clear();
        _isCommitting = false;
        var connection = Owner.Open();
        Owner.Sync(connection, isSynced);
        return _transaction = connection.BeginTransaction();
    }

    protected override HubDbContext CreateContext(DbTransaction transaction) => PostgreSqlDatabase.CreateContext(transaction.Connection!);

    protected override StoredHead? FindHead(RoomLog log)
    {
        Flush();
        // A commit of a former owner that waited for the lock is seen by the second statement alone.
        if (ReadHead(log, " FOR NO KEY UPDATE OF room") is not var (stored, fence))
            return null;

        if (fence > Owner.Fence)
            throw new DatabaseLostException("Another hub owns the room.");

        if (fence == Owner.Fence)
            return stored;

        _transaction!.Connection!.Execute("UPDATE rooms SET fence = $1 WHERE key = $2", Owner.Fence, stored.Key);
        return ReadHead(log, "")?.Stored;
    }

    protected override (string Role, bool HasLeft, bool IsUnmoderated)? FindMember(string memberId) =>
        _transaction!.Connection!.Query(
            "SELECT role, hasleft, unmoderated FROM members WHERE id = $1",
            row => (row.GetString(0), row.GetBoolean(1), row.GetBoolean(2)),
            memberId) is [var member] ? member : null;

    protected override long NextRoomKey() =>
        _transaction!.Connection!.Query($"SELECT nextval('{PostgreSqlDbContext.RoomKeys}')", row => row.GetInt64(0))[0];

    protected override void Insert(long roomKey, long sequence, PendingEvent pending, EventLink link) =>
        _waiting.Add(roomKey, sequence, pending, link);

    protected override void Flush()
    {
        if (_waiting.Count == 0)
            return;

        using var command = new NpgsqlCommand(InsertStatement, _transaction!.Connection, _transaction);
        _waiting.AddTo(command);
        command.ExecuteNonQuery();
        _waiting.Clear();
    }

    protected override void Forget() => _waiting.Clear();

    protected override void Probe(DbTransaction transaction) =>
        transaction.Connection!.SaveSetting("last-probe", Guid.NewGuid().ToString());

    protected override void Commit(DbTransaction transaction)
    {
        _isCommitting = true;
        base.Commit(transaction);
        _isCommitting = false;
    }

    protected override bool IsStorageFailure(Exception exception) => PostgreSqlFailures.IsStorageFailure(exception);

    protected override StorageFailedException Failed(Exception exception)
    {
        var isInDoubt = _isCommitting && PostgreSqlFailures.IsInDoubt(exception);
        _isCommitting = false;
        // A connection that only refused the transaction keeps the lock.
        if (PostgreSqlFailures.IsInDoubt(exception))
            Owner.Drop();

        return new StorageFailedException(exception, isInDoubt);
    }

    private bool IsOfChunks(PendingCommit commit) =>
        commit is { Changes.Count: 0, Events.Count: > 0, IsGivenUp: false, IsRepeated: false, Log: { Key: > 0, IsDeleted: false } log }
        && commit.Generation == log.Generation && log.TryGetHead(out var head) && head.Link is not null && HasStored(log)
        && !commit.Events.Any(pending => RoomRules.IsAct(pending.Type, pending.Run, pending.By));

    // Null if a room is not as it was, or an event cannot be stored; nothing was stored then.
    private StoredCommits? TryStore(IReadOnlyList<PendingCommit> commits)
    {
        try
        {
            return StoreChunks(commits);
        }
        catch (Exception e) when (!IsStorageFailure(e) && e is not StorageFailedException)
        {
            return null;
        }
    }

    private StoredCommits? StoreChunks(IReadOnlyList<PendingCommit> commits)
    {
        var writes = new Dictionary<RoomLog, RoomWrite>();
        var (keys, heads, links) = (new List<long>(), new List<long>(), new List<byte[]>());
        _waiting.Clear();
        foreach (var commit in commits)
        {
            if (!writes.TryGetValue(commit.Log, out var room))
            {
                commit.Log.TryGetHead(out var head);
                writes.Add(commit.Log, room = new RoomWrite(commit.Log, commit.Log.Key, head));
                keys.Add(room.Key);
                heads.Add(head.Sequence);
                links.Add(head.Link!.Value.ToBytes());
            }

            var added = room.LinksOf(commit);
            for (var i = 0; i < added.Length; i++)
                _waiting.Add(room.Key, room.Head.Sequence + 1 + i, commit.Events[i], added[i]);

            room.Add(commit, added, []);
        }

        foreach (var room in writes.Values)
            Try(room);

        if (!TryInsert(keys, heads, links, commits))
            return null;

        foreach (var room in writes.Values)
            Search.Note(room);

        return new StoredCommits([.. writes.Values], [], [], []);
    }

    private bool TryInsert(List<long> keys, List<long> heads, List<byte[]> links, IReadOnlyList<PendingCommit> commits)
    {
        try
        {
            var connection = Owner.Open();
            Owner.Sync(connection, commits.Any(commit => Options.IsSynced(commit.Durability)));
            using var command = new NpgsqlCommand(FencedInsert, connection);
            command.AddArray(NpgsqlDbType.Bigint, keys);
            command.AddArray(NpgsqlDbType.Bigint, heads);
            command.AddArray(NpgsqlDbType.Bytea, links);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Owner.Fence });
            _waiting.AddTo(command);
            _isCommitting = true;
            command.ExecuteNonQuery();
            Stored();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == DivisionByZero || !IsStorageFailure(e))
        {
            return false;
        }
        catch (Exception e) when (IsStorageFailure(e))
        {
            throw Failed(e);
        }
        finally
        {
            _isCommitting = false;
            _waiting.Clear();
        }
    }

    // A new connection may have met an older copy of the database: every room in memory that differs from it is loaded anew.
    private StoredCommits Compare(StoredCommits stored)
    {
        try
        {
            using var transaction = Begin(isSynced: false);
            var seen = stored.Rooms.Select(room => room.Log).Concat(stored.Diverged).ToHashSet();
            List<RoomLog> diverged = [.. stored.Diverged, .. rooms.ListLogs().Where(log => !seen.Contains(log) && HasDiverged(log))];
            _connections = Owner.Connections;
            return stored with { Diverged = diverged };
        }
        catch (Exception e) when (PostgreSqlFailures.Find(e) is not null)
        {
            // The commits are stored. The next call finds a new connection, and compares again.
            return stored;
        }
    }

    private bool HasDiverged(RoomLog log) =>
        log is { IsDeleted: false, Key: > 0 } && IsSettled(log) && log.TryGetHead(out var head)
        && !(ReadHead(log, "")?.Stored is { IsDeleted: false } stored && stored.Key == log.Key
            && (stored.Head == head || stored.Head == head with { Link = null }));

    private (StoredHead Stored, long Fence)? ReadHead(RoomLog log, string locks)
    {
        // A room without a number is found by its id.
        var found = _transaction!.Connection!.Query(
            FindHeadStatement + locks,
            row =>
            {
                // The head of a room without events is the origin of its chain.
                var sequence = row.IsDBNull(2) ? row.GetInt64(4) : row.GetInt64(2);
                var link = sequence == row.GetInt64(4) ? Read(row, 5) : Read(row, 3);
                return (new StoredHead(row.GetInt64(0), new LogPosition(sequence, link), row.GetBoolean(1)), row.GetInt64(6));
            },
            log.Key, log.Key == 0 ? log.Id : DBNull.Value);
        return found is [var one] ? one : null;
    }

    private static EventLink? Read(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : EventLink.Read(row.GetFieldValue<byte[]>(column));
}
