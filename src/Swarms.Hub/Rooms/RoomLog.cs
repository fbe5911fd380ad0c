using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms;

/// <summary>
/// One room's ordered log, as far as it is in memory: its head, its tail and the fold of its events. Runs and people append
/// from any thread; the writer's loop alone publishes; viewers read. What <see cref="AppendAsync"/> accepted is stored in the
/// order of acceptance, and nobody sees an event before it is stored. Holds the one lock of the path, for microseconds.
/// Next: <see cref="ICommitQueue"/>, and back through <see cref="Publish"/> to <see cref="Delivery.ViewerPump"/>.
/// </summary>
internal sealed class RoomLog
{
    // What a thousand chunks of the usual size weigh, many times over; a thousand of the largest would be 300 MB.
    private const int MaxPageBytes = 4_194_304;

    // As many short events as fill a frame.
    private const int MaxFrameEvents = 512;

    // How long a person waits for a disk before being told. Longer than any fsync that was measured (0.3 s), shorter than
    // a person's patience.
    private static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(8);

    private readonly Lock _lock = new();
    private readonly ICommitQueue _queue;
    private readonly IRoomStore _store;
    private readonly CommitTick _tick;
    private readonly RoomOptions _options;
    private readonly RoomTail _tail;
    private readonly RoomState _state;
    private readonly Lock _viewersLock = new();
    private readonly HashSet<RoomSignal> _viewers = [];
    private EncodedSnapshot? _snapshot;
    private HubErrorException? _closed;

    public RoomLog(StoredRoom room, string epoch, ICommitQueue queue, IRoomStore store, CommitTick tick, RoomOptions options)
    {
        (Key, Head, _state) = room;
        Id = _state.Room.Id;
        Epoch = epoch;
        _queue = queue;
        _store = store;
        _tick = tick;
        _options = options;
        _tail = new RoomTail(options.MaxTailBytes);
    }

    public string Id { get; }

    public string Epoch { get; }

    /// <summary>The room's number in the store.</summary>
    public long Key { get; }

    /// <summary>True once the deletion is stored. Set and asked by the writer's loop only, which stores nothing after it.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>The last committed sequence.</summary>
    public long Head { get; private set; }

    public RoomCursor Cursor
    {
        get
        {
            lock (_lock)
                return new RoomCursor(Epoch, Head);
        }
    }

    /// <summary>False while the disk fails and nothing new can become visible. Viewers are woken when it changes.</summary>
    public bool IsStorageAvailable => _queue.FailingSince is null;

    /// <summary>
    /// Hands events and changes to the writer. Returns when they are accepted (a full queue holds the caller back);
    /// <see cref="PendingCommit.Committed"/> says when they are durable and visible.
    /// </summary>
    public async ValueTask<PendingCommit> AppendAsync(
        IReadOnlyList<PendingEvent> events, Durability durability, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        var commit = new PendingCommit(this, events, changes, durability);
        await _queue.EnqueueAsync(commit, cancellationToken);
        return commit;
    }

    /// <summary>
    /// Appends what a person did and waits until it is durable. While the disk fails it is refused with
    /// <c>storage_unavailable</c>, and then it has not happened and will not.
    /// </summary>
    public async Task<long> AppendNowAsync(IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        RequireStorage();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StoragePatience);
        PendingCommit? commit = null;
        try
        {
            commit = await AppendAsync(events, Durability.Power, patience.Token, changes);
            return await commit.Committed.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What is being written at this moment cannot be taken back: then what becomes of that is the answer.
            if (commit is null || _queue.TryWithdraw(commit) || !await IsStoredAfterAllAsync(commit))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw StorageUnavailable();
            }

            return await commit.Committed;
        }
    }

    /// <summary>Refuses with <c>storage_unavailable</c> while the disk fails: for what must not be begun then.</summary>
    public void RequireStorage()
    {
        if (!IsStorageAvailable)
            throw StorageUnavailable();
    }

    /// <summary>Makes stored events visible: called by the writer's loop only, in commit order.</summary>
    public void Publish(CommittedBatch batch, IReadOnlyList<PendingEvent> events)
    {
        lock (_lock)
        {
            // Invariant: 1, 2, 3 … without a gap. A writer that breaks it must not reach a viewer.
            if (batch.FirstSequence != Head + 1)
                throw new InvalidOperationException($"Room {Id} is at {Head} and cannot publish {batch.FirstSequence}.");

            for (var i = 0; i < events.Count; i++)
                _state.Apply(events[i].ToRoomEvent(batch.FirstSequence + i));

            Head = batch.LastSequence;
            _tail.Add(batch);
        }

        WakeViewers();
    }

    /// <summary>
    /// Sets the signal whenever the room has more, or is closed, until it is disposed. Subscribe before the first
    /// <see cref="ReadTail"/>, and nothing is missed between a look and a wait.
    /// </summary>
    public IDisposable Subscribe(RoomSignal viewer)
    {
        lock (_viewersLock)
            _viewers.Add(viewer);

        return new Subscription(this, viewer);
    }

    /// <summary>
    /// What lies after a position. With <see cref="TailRead.IsBehind"/> the tail does not reach back so far:
    /// <see cref="ReadFrameAsync"/> does, up to <see cref="TailRead.Head"/>.
    /// </summary>
    public TailRead ReadTail(long after)
    {
        lock (_lock)
        {
            if (_closed is not null)
                throw _closed;

            return after >= Head
                ? new TailRead(Head, [], false)
                : _tail.Read(after) is { } batches
                    ? new TailRead(Head, batches, false)
                    : new TailRead(Head, [], true);
        }
    }

    /// <summary>A page of events from the store; it holds fewer than the limit where they are heavy.</summary>
    public Task<CommittedBatch?> ReadStoreAsync(long after, long through, int limit, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, limit, MaxPageBytes, cancellationToken);

    /// <summary>One frame of events from the store, for a viewer that is further back than the tail.</summary>
    public Task<CommittedBatch?> ReadFrameAsync(long after, long through, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, MaxFrameEvents, CommittedBatch.MaxBytes, cancellationToken);

    /// <summary>True where a viewer at that cursor can be given the events after it; the head is never before the cursor then.</summary>
    public bool CanResume(RoomCursor cursor, out long head, out string? snapshotReason)
    {
        lock (_lock)
        {
            head = Head;
            snapshotReason = cursor.Epoch != Epoch ? SnapshotReasons.Epoch
                : IsTooFarBehind(cursor.Sequence) ? SnapshotReasons.Behind
                : null;
            if (snapshotReason is null && cursor.Sequence > Head)
                throw new HubErrorException(ErrorCodes.Invalid, "The cursor is ahead of the room. Give back the cursor of the last frame, or none.");

            return snapshotReason is null;
        }
    }

    public bool IsTooFarBehind(long sequence) => Head - sequence > _options.MaxBehindEvents;

    /// <summary>The state at the head, as a frame with the cursor of that very head.</summary>
    public (RoomFrame Frame, RoomCursor Cursor) ToFrame(string reason)
    {
        lock (_lock)
        {
            if (_closed is not null)
                throw _closed;

            var cursor = new RoomCursor(Epoch, Head);
            return (_state.ToSnapshot(cursor.ToString(), reason), cursor);
        }
    }

    /// <summary>The same, ready-made. Viewers that ask at the same head share one encoding.</summary>
    public EncodedSnapshot ToSnapshot(string reason)
    {
        lock (_lock)
        {
            if (_closed is null && _snapshot is { } cached && cached.Sequence == Head && cached.Reason == reason)
                return cached;
        }

        var (frame, cursor) = ToFrame(reason);
        // Encoded outside the lock: a megabyte of text takes milliseconds, and the writer must not wait for it.
        var snapshot = EncodedSnapshot.Encode(frame, cursor);
        lock (_lock)
        {
            if (snapshot.Sequence == Head)
                _snapshot = snapshot;
        }

        return snapshot;
    }

    /// <summary>Asks the state something; what it returns must not hold on to the state.</summary>
    public T Query<T>(Func<RoomState, T> query)
    {
        lock (_lock)
            return query(_state);
    }

    /// <summary>Ends every viewer's stream with that reason, now and later.</summary>
    public void Close(HubErrorException reason)
    {
        lock (_lock)
            _closed ??= reason;

        WakeViewers();
    }

    /// <summary>Lets every viewer look again.</summary>
    public void WakeViewers()
    {
        List<RoomSignal>? waiting = null;
        lock (_viewersLock)
        {
            foreach (var viewer in _viewers)
            {
                if (viewer.TrySet())
                    (waiting ??= new(_viewers.Count)).Add(viewer);
            }
        }

        if (waiting is not null)
            ViewerPass.Start(waiting, _tick);
    }

    private static HubErrorException StorageUnavailable() => new(
        ErrorCodes.StorageUnavailable, "The hub's storage does not take writes at the moment. Nothing was changed; try again shortly.", TimeSpan.FromSeconds(5));

    private static async Task<bool> IsStoredAfterAllAsync(PendingCommit commit)
    {
        await ((Task)commit.Committed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !commit.Committed.IsCanceled;
    }

    private void Unsubscribe(RoomSignal viewer)
    {
        lock (_viewersLock)
            _viewers.Remove(viewer);
    }

    private sealed class Subscription(RoomLog log, RoomSignal viewer) : IDisposable
    {
        public void Dispose() => log.Unsubscribe(viewer);
    }
}
