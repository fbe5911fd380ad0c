using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// Stores commits on the one writing connection. Called by the writer's loop only; SQLite is synchronous, so every call returns completed.
/// A failed transaction is never in doubt: <see cref="WritingConnection"/> overwrites its rests before anything else is written.
/// Next: <see cref="RoomWrite"/>, which the loop publishes.
/// </summary>
internal sealed class SqliteLogWriter(SqliteDatabase database, SearchFiller search, IOptions<StorageOptions> options)
    : ILogWriter, IDisposable
{
    private const int WrongStatement = 1;
    private const int Damaged = 11;
    private const int TooBig = 18;
    private const int ConstraintViolation = 19;

    private readonly WritingConnection _connection = new(database);

    // The last transaction that each room took part in. It may be stored although the room was not told.
    private readonly ConditionalWeakTable<RoomLog, RoomWrite> _attempts = [];
    private long _transactions;

    public Task Opened => database.Opened;

    public long Transactions => Volatile.Read(ref _transactions);

    public bool MayHaveRemains { get; private set; } = true;

    public bool IsSearchBehind => search.IsAnyBehind;

    public ValueTask<StoredCommits> StoreAsync(IReadOnlyList<PendingCommit> commits)
    {
        try
        {
            try
            {
                return new(Store(commits, hasSavepoints: false));
            }
            catch (Exception e) when (!IsStorageFailure(e))
            {
                // A commit without a savepoint broke a rule. With a savepoint for each, it is refused alone.
                return new(Store(commits, hasSavepoints: true));
            }
        }
        catch (SqliteException e) when (IsStorageFailure(e))
        {
            _connection.Failed(e);
            throw new StorageFailedException(e);
        }
    }

    public ValueTask RemoveRemainsAsync()
    {
        try
        {
            using var transaction = _connection.Begin(isSynced: false);
            MayHaveRemains = DeletedRoomSweeper.RemoveSlice(transaction);
            Commit(transaction);
            if (!MayHaveRemains)
                database.RequestFold();
            return ValueTask.CompletedTask;
        }
        catch (SqliteException e) when (IsStorageFailure(e))
        {
            _connection.Failed(e);
            throw new StorageFailedException(e);
        }
    }

    public ValueTask FillSearchAsync()
    {
        try
        {
            using var transaction = _connection.Begin(isSynced: false);
            var hasRemoved = search.Fill(transaction.Connection!);
            Commit(transaction);
            search.Stored();
            // The write-ahead log still has the letters that were removed.
            if (hasRemoved)
                database.RequestFold();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is WrongStatement or Damaged)
        {
            RebuildSearch(e);
        }
        catch (SqliteException e)
        {
            _connection.Failed(e);
            throw new StorageFailedException(e);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CloseAsync()
    {
        _connection.Close();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _connection.Dispose();

    // An index that is damaged holds nothing that the other tables do not have. It must not stop the commits.
    private void RebuildSearch(SqliteException damage)
    {
        try
        {
            using var transaction = _connection.Begin(isSynced: false);
            search.Rebuild(transaction.Connection!);
            Commit(transaction);
        }
        catch (SqliteException e)
        {
            _connection.Failed(e);
            throw new StorageFailedException(damage);
        }
    }

    private StoredCommits Store(IReadOnlyList<PendingCommit> commits, bool hasSavepoints)
    {
        using var transaction = _connection.Begin(isSynced: commits.Any(commit => options.Value.IsSynced(commit.Durability)));
        if (commits.Count == 0)
            Probe(transaction);

        var rooms = new Dictionary<RoomLog, RoomWrite?>();
        var refused = new List<(PendingCommit, Exception)>();
        var withdrawn = new List<PendingCommit>();
        foreach (var commit in commits)
        {
            if (!rooms.TryGetValue(commit.Log, out var room))
                rooms.Add(commit.Log, room = Open(commit.Log));

            if (room?.Has(commit) == true)
                continue;

            if (commit.IsGivenUp)
                withdrawn.Add(commit);
            else if ((Refuse(commit, room) ?? Store(commit, room!, transaction, hasSavepoints)) is { } refusal)
                refused.Add((commit, refusal));
        }

        foreach (var room in rooms.Values.OfType<RoomWrite>())
        {
            room.Try();
            _attempts.AddOrUpdate(room.Log, room);
        }

        Commit(transaction);
        foreach (var room in rooms.Values.OfType<RoomWrite>())
            search.Note(room);

        // The write-ahead log still has the pages as they were.
        if (rooms.Values.Any(room => room is { HasErased: true }))
            database.RequestFold();

        // A run that is removed takes its lane along.
        MayHaveRemains |= rooms.Values.Any(room => room is { IsDeleted: true } or { HasErased: true });
        var diverged = rooms.Where(room => room.Value is null && room.Key.TryGetHead(out _)).Select(room => room.Key);
        return new StoredCommits([.. rooms.Values.OfType<RoomWrite>()], refused, withdrawn, [.. diverged]);
    }

    private void Commit(SqliteTransaction transaction)
    {
        transaction.Commit();
        Interlocked.Increment(ref _transactions);
    }

    /// <summary>Returns null if the stored room is not the one in memory.</summary>
    private RoomWrite? Open(RoomLog log)
    {
        if (!log.TryGetHead(out var head))
            return null;

        if (log.IsDeleted)
            return new RoomWrite(log, log.Key, head);

        if (_connection.FindHead(log) is not { } stored)
            return log.Key == 0 ? new RoomWrite(log, _connection.NextRoomKey(), head) { IsMissing = true } : null;

        // The room may have been loaded with an event that another program appended without a link.
        var isInMemory = stored.Head == head || stored.Head == head with { Link = null };
        if (stored.Key == log.Key && isInMemory && !stored.IsDeleted)
            return new RoomWrite(log, log.Key, head);

        // The room's last transaction may be stored with only its answer lost; its commits are then among these.
        return _attempts.TryGetValue(log, out var attempt) ? attempt.FindStored(stored) : null;
    }

    private HubErrorException? Refuse(PendingCommit commit, RoomWrite? room)
    {
        if (commit.Log.IsDeleted || room is { IsDeleted: true })
            return new HubErrorException(ErrorCodes.NotFound, "The room was deleted.");

        if (room is null || commit.Generation != commit.Log.Generation)
            return RoomLog.LoadedAnew();

        return room is { IsMissing: true, Accepted.Count: 0 } && !commit.Changes.Any(change => change is RoomChange.CreateRoom)
            ? new HubErrorException(ErrorCodes.NotFound, "There is no such room.")
            : RefuseMember(commit, room!);
    }

    private HubErrorException? RefuseMember(PendingCommit commit, RoomWrite room)
    {
        foreach (var pending in commit.Events)
        {
            if (!RoomRules.IsAct(pending.Type, pending.Run, pending.By) || _connection.FindMember(pending.By!) is not { } member)
                continue;

            if (member.HasLeft)
                return RoomAccess.NotInRoom();

            // A host who removes a run has the group revealed anew without it, also in an archive.
            if (pending.Type == EventTypes.GroupRevealed && commit.Events[0].Type == EventTypes.RunRemoved)
                continue;

            var isApproved = commit.Events.Any(other => other.Type == EventTypes.RunApproved && other.Run == pending.Run);
            var act = new RoomAct(pending.Type, member.Role, member.IsUnmoderated, isApproved);
            if (RoomRules.Refuse(room.Settings, act, () => commit.Log.Query(RoomRules.HostsOf)) is { } refusal)
                return refusal;
        }

        return null;
    }

    // Finds out whether the disk takes writes while nothing is pending. The value differs each time, because SQLite skips the
    // write of an unchanged page.
    private static void Probe(SqliteTransaction transaction) => SqliteDatabase.Execute(
        transaction.Connection!, "INSERT OR REPLACE INTO settings (Name, Value) VALUES ('last-probe', hex(randomblob(8)))");

    // Chunks have no changes and break no rule, so they are spared the cost of a savepoint.
    private Exception? Store(PendingCommit commit, RoomWrite room, SqliteTransaction transaction, bool hasSavepoint)
    {
        if (commit.Changes.Count == 0 && !hasSavepoint)
        {
            Insert(commit, room, []);
            return null;
        }

        transaction.Save("commit");
        try
        {
            var erased = commit.Changes.Count > 0 ? ChangeAppliers.Apply(commit, transaction, room) : [];
            Insert(commit, room, erased);
            transaction.Release("commit");
            return null;
        }
        catch (Exception e) when (!IsStorageFailure(e))
        {
            transaction.Rollback("commit");
            return e;
        }
    }

    private void Insert(PendingCommit commit, RoomWrite room, IReadOnlyList<ErasedData> erased)
    {
        var links = room.LinksOf(commit);
        for (var i = 0; i < links.Length; i++)
            _connection.Insert(room.Key, room.Head.Sequence + 1 + i, commit.Events[i], links[i]);

        room.Add(commit, links, erased);
    }

    // A broken rule of the schema is the commit's fault; any other error is the disk's.
    private static bool IsStorageFailure(Exception e) =>
        e is SqliteException { SqliteErrorCode: not (TooBig or ConstraintViolation or 20 or 25) };
}
