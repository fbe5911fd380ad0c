using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <content>Appends events, within the bytes that the room may store.</content>
internal sealed partial class RoomLog
{
    // A person waits this long for a disk before being refused. It is longer than any measured fsync (0.3 s).
    private static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(8);

    // A host of a full room can still take roles away.
    private const long ReservedBytes = 1_048_576;

    private long _storedBytes;

    /// <summary>
    /// Hands events and changes to the writer. Returns when the queue has accepted them; a full queue makes the caller wait.
    /// <see cref="PendingCommit.Committed"/> completes when they are durable and visible.
    /// </summary>
    public ValueTask<PendingCommit> AppendAsync(
        IReadOnlyList<PendingEvent> events, Durability durability, CancellationToken cancellationToken,
        params IReadOnlyList<RoomChange> changes) =>
        ContinueAsync(Generation, events, durability, cancellationToken, changes);

    /// <summary>Appends as <see cref="AppendAsync"/> does, but refuses if the log's generation has changed.</summary>
    public async ValueTask<PendingCommit> ContinueAsync(
        int generation, IReadOnlyList<PendingEvent> events, Durability durability, CancellationToken cancellationToken,
        params IReadOnlyList<RoomChange> changes)
    {
        // The check takes no lock, because a query may hold it. The writer checks again.
        if (Volatile.Read(ref _isStale) || generation != Generation)
            throw LoadedAnew();

        var commit = new PendingCommit(this, generation, events, changes, durability);
        await _queue.EnqueueAsync(commit, cancellationToken);
        return commit;
    }

    /// <summary>
    /// Appends a person's events and waits until they are durable. Refuses with <c>storage_unavailable</c> while the disk fails; the events
    /// are then not stored, and never will be.
    /// </summary>
    public Task<long> AppendNowAsync(
        IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes) =>
        ContinueNowAsync(Generation, events, cancellationToken, changes);

    /// <summary>Appends as <see cref="AppendNowAsync"/> does, but refuses if the log's generation has changed.</summary>
    public async Task<long> ContinueNowAsync(
        int generation, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        RequireStorage();
        RequireSpace(events);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StoragePatience);
        PendingCommit? commit = null;
        try
        {
            commit = await ContinueAsync(generation, events, Durability.Power, patience.Token, changes);
            return await commit.Committed.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // A commit that the writer has taken cannot be withdrawn, so its outcome is the answer.
            if (commit is null || _queue.TryWithdraw(commit) || !await IsStoredAfterAllAsync(commit))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw StorageUnavailable();
            }

            return await commit.Committed;
        }
    }

    /// <summary>Refuses with <c>storage_unavailable</c> while the disk fails, for work that must not begin then.</summary>
    public void RequireStorage()
    {
        if (!IsStorageAvailable)
            throw StorageUnavailable();
    }

    private static HubErrorException StorageUnavailable() => new(
        ErrorCodes.StorageUnavailable,
        "The hub's storage does not take writes at the moment. Nothing was changed; try again shortly.",
        TimeSpan.FromSeconds(5));

    /// <summary>Creates the refusal of an append to a history that is not the stored one.</summary>
    public static HubErrorException LoadedAnew() => new(
        ErrorCodes.StorageUnavailable,
        "The room was changed in the hub's database by another program, and is loaded anew. Nothing of this was stored; try again.",
        TimeSpan.FromSeconds(1));

    private static async Task<bool> IsStoredAfterAllAsync(PendingCommit commit)
    {
        await ((Task)commit.Committed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !commit.Committed.IsCanceled;
    }

    /// <summary>Completes when the bytes that the log was loaded with are counted.</summary>
    public Task Measured { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Counts what the store has up to the head that the log was loaded with. Nobody need wait: until then a room counts as small.
    /// </summary>
    public void Measure() => Measured = MeasureAsync();

    private async Task MeasureAsync()
    {
        int generation;
        long head;
        lock (_lock)
            (generation, head) = (_generation, _head.Sequence);

        try
        {
            var bytes = await _store.MeasureAsync(Key, head, CancellationToken.None);
            lock (_lock)
            {
                // Another history may have replaced this one.
                if (generation == _generation)
                    _storedBytes += bytes;
            }
        }
        catch (HubErrorException e) when (e.Code == ErrorCodes.StorageUnavailable)
        {
            // The bound counts from now on; the next load tries again.
        }
    }

    /// <summary>Counts bytes that a lane of this room stores, or, below zero, stores no more.</summary>
    public void CountLane(long bytes)
    {
        lock (_lock)
            _storedBytes = Math.Max(0, _storedBytes + bytes);
    }

    // Leaving is always possible, and so is all that stores no event. A removal erases more than it stores.
    private void RequireSpace(IReadOnlyList<PendingEvent> events)
    {
        if (events is [{ Type: EventTypes.RunRemoved }, ..]
            || events.All(pending => pending.Type is EventTypes.MemberLeft or EventTypes.MessageRemoved))
        {
            return;
        }

        if (_queue.IsNearlyFull)
        {
            throw new HubErrorException(
                ErrorCodes.StorageUnavailable,
                "The hub's disk is nearly full, so nothing new is taken. Reading goes on; its operator can make room.",
                TimeSpan.FromSeconds(60));
        }

        var bound = _options.MaxStoredBytes + (events.All(pending => pending.Type == EventTypes.MemberChanged) ? ReservedBytes : 0);
        long stored;
        lock (_lock)
            stored = _storedBytes;

        if (stored >= bound)
        {
            throw new HubErrorException(
                ErrorCodes.RoomFull,
                $"The room is full: it stores the {_options.MaxStoredBytes} bytes that a room may. Read or export it, and use another.");
        }
    }
}
