using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Decides which commits of a transaction are stored, and how, on a database that has rows and savepoints. Called by the writer's loop
/// only; every call returns completed. A store derives from it and brings its connection. Next: <see cref="RoomWrite"/>, which the loop
/// publishes.
/// </summary>
internal abstract partial class LogWriter(HubDatabase database, SearchFiller search, IOptions<StorageOptions> options) : ILogWriter
{
    // The last transaction that each room took part in. It may be stored although the room was not told.
    private readonly ConditionalWeakTable<RoomLog, RoomWrite> _attempts = [];
    private long _transactions;

    public Task Opened => database.Opened;

    public long Transactions => Volatile.Read(ref _transactions);

    public bool MayHaveRemains { get; private set; } = true;

    public bool IsSearchBehind => search.IsAnyBehind;

    /// <summary>The name by which OpenTelemetry knows the database.</summary>
    public abstract string DatabaseSystem { get; }

    protected SearchFiller Search => search;

    protected StorageOptions Options => options.Value;

    public virtual ValueTask<StoredCommits> StoreAsync(IReadOnlyList<PendingCommit> commits)
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
        catch (Exception e) when (IsStorageFailure(e))
        {
            throw Failed(e);
        }
    }

    public ValueTask RemoveRemainsAsync()
    {
        try
        {
            using var transaction = Begin(isSynced: false);
            MayHaveRemains = DeletedRoomSweeper.RemoveSlice(transaction);
            Commit(transaction);
            if (!MayHaveRemains)
                Erased();

            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (IsStorageFailure(e))
        {
            throw Failed(e);
        }
    }

    public virtual ValueTask FillSearchAsync()
    {
        try
        {
            FillSearch();
            return ValueTask.CompletedTask;
        }
        catch (DbException e)
        {
            throw Failed(e);
        }
    }

    public abstract ValueTask CloseAsync();

    /// <summary>Begins a transaction, after repairing the rests of the last failure.</summary>
    protected abstract DbTransaction Begin(bool isSynced);

    /// <summary>Creates a context on the transaction's connection.</summary>
    protected abstract HubDbContext CreateContext(DbTransaction transaction);

    /// <summary>Reads the room's stored head in the current transaction; null if the room is not stored.</summary>
    protected abstract StoredHead? FindHead(RoomLog log);

    /// <summary>Returns the member at this point of the current transaction; null for one whom the commit adds.</summary>
    protected abstract (string Role, bool HasLeft, bool IsUnmoderated)? FindMember(string memberId);

    /// <summary>Returns the number for a room that the current transaction creates.</summary>
    protected abstract long NextRoomKey();

    /// <summary>Inserts an event in the current transaction, now or at the next <see cref="Flush"/>.</summary>
    protected abstract void Insert(long roomKey, long sequence, PendingEvent pending, EventLink link);

    /// <summary>Inserts the events that wait, so that what follows sees them.</summary>
    protected virtual void Flush()
    {
    }

    /// <summary>Finds out whether the store takes writes while nothing is pending.</summary>
    protected abstract void Probe(DbTransaction transaction);

    /// <summary>True unless the commit is at fault: it broke a rule of the schema, or its own.</summary>
    protected abstract bool IsStorageFailure(Exception exception);

    /// <summary>Repairs the connection after a transaction that failed, and returns what the loop is told.</summary>
    protected abstract StorageFailedException Failed(Exception exception);

    /// <summary>Called when text was erased, of which the store's files may still have copies.</summary>
    protected virtual void Erased()
    {
    }

    /// <summary>Notes a transaction that is about to be stored; its outcome may remain unknown.</summary>
    protected void Try(RoomWrite room)
    {
        room.Try();
        _attempts.AddOrUpdate(room.Log, room);
    }

    /// <summary>True unless the room's last transaction may be stored although the room was not told.</summary>
    protected bool IsSettled(RoomLog log) => !_attempts.TryGetValue(log, out var attempt) || attempt.IsPublished;

    /// <summary>True if this writer stored something of the room, and nothing is in doubt.</summary>
    protected bool HasStored(RoomLog log) => _attempts.TryGetValue(log, out var attempt) && attempt.IsPublished;

    protected virtual void Commit(DbTransaction transaction)
    {
        transaction.Commit();
        Stored();
    }

    /// <summary>Counts a transaction.</summary>
    protected void Stored() => Interlocked.Increment(ref _transactions);

    /// <summary>Adds a slice to the search.</summary>
    protected void FillSearch()
    {
        using var transaction = Begin(isSynced: false);
        var hasRemoved = search.Fill(transaction.Connection!);
        Commit(transaction);
        search.Stored();
        // The files still have the letters that were removed.
        if (hasRemoved)
            Erased();
    }

    private StoredCommits Store(IReadOnlyList<PendingCommit> commits, bool hasSavepoints)
    {
        using var transaction = Begin(isSynced: commits.Any(commit => options.Value.IsSynced(commit.Durability)));
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

        Flush();
        foreach (var room in rooms.Values.OfType<RoomWrite>())
            Try(room);

        Commit(transaction);
        foreach (var room in rooms.Values.OfType<RoomWrite>())
            search.Note(room);

        if (rooms.Values.Any(room => room is { HasErased: true }))
            Erased();

        // A run that is removed takes its lane along.
        MayHaveRemains |= rooms.Values.Any(room => room is { IsDeleted: true } or { HasErased: true });
        var diverged = rooms.Where(room => room.Value is null && room.Key.TryGetHead(out _)).Select(room => room.Key);
        return new StoredCommits([.. rooms.Values.OfType<RoomWrite>()], refused, withdrawn, [.. diverged]);
    }

    /// <summary>Returns null if the stored room is not the one in memory.</summary>
    private RoomWrite? Open(RoomLog log)
    {
        if (!log.TryGetHead(out var head))
            return null;

        if (log.IsDeleted)
            return new RoomWrite(log, log.Key, head);

        if (FindHead(log) is not { } stored)
            return log.Key == 0 ? new RoomWrite(log, NextRoomKey(), head) { IsMissing = true } : null;

        // The room may have been loaded with an event that another program appended without a link.
        var isInMemory = stored.Head == head || stored.Head == head with { Link = null };
        if (stored.Key == log.Key && isInMemory && !stored.IsDeleted)
            return new RoomWrite(log, log.Key, head);

        // The room's last transaction may be stored with only its answer lost; its commits are then among these.
        return _attempts.TryGetValue(log, out var attempt) ? attempt.FindStored(stored) : null;
    }

    // Chunks have no changes and break no rule, so they are spared the cost of a savepoint.
    private Exception? Store(PendingCommit commit, RoomWrite room, DbTransaction transaction, bool hasSavepoint)
    {
        if (commit.Changes.Count == 0 && !hasSavepoint)
        {
            Insert(commit, room, []);
            return null;
        }

        Flush();
        transaction.Save("commit");
        try
        {
            var erased = commit.Changes.Count > 0 ? Apply(commit, transaction, room) : [];
            Insert(commit, room, erased);
            if (hasSavepoint)
                Flush();

            transaction.Release("commit");
            return null;
        }
        catch (Exception e) when (!IsStorageFailure(e))
        {
            Forget();
            transaction.Rollback("commit");
            return e;
        }
    }

    /// <summary>Forgets the events that wait: their commit is refused.</summary>
    protected virtual void Forget()
    {
    }

    private IReadOnlyList<ErasedData> Apply(PendingCommit commit, DbTransaction transaction, RoomWrite room)
    {
        using var context = CreateContext(transaction);
        return ChangeAppliers.Apply(commit, context, transaction, room);
    }

    private void Insert(PendingCommit commit, RoomWrite room, IReadOnlyList<ErasedData> erased)
    {
        var links = room.LinksOf(commit);
        for (var i = 0; i < links.Length; i++)
            Insert(room.Key, room.Head.Sequence + 1 + i, commit.Events[i], links[i]);

        room.Add(commit, links, erased);
    }
}
