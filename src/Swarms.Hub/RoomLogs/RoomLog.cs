using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// One room's ordered log, as far as it is in memory: its head, its tail and the fold of its events. Runs and people append
/// from any thread; the writer's loop alone publishes; viewers read. What <see cref="AppendAsync"/> accepted is stored in the
/// order of acceptance, and nobody sees an event before it is stored. Holds the one lock of the path, for microseconds.
/// Next: <see cref="ICommitQueue"/>, and back through <see cref="Publish"/> to <see cref="Delivery.ViewerPump"/>.
/// </summary>
internal sealed partial class RoomLog
{
    // What a thousand chunks of the usual size weigh, many times over; a thousand of the largest would be 300 MB.
    private const int MaxPageBytes = 4_194_304;

    // As many short events as fill a frame.
    private const int MaxFrameEvents = 512;

    private readonly Lock _lock = new();
    private readonly ICommitQueue _queue;
    private readonly IRoomStore _store;
    private readonly RoomOptions _options;
    private readonly RoomTail _tail;
    private readonly RoomReaders _readers;
    private RoomState _state;
    private LogPosition _head;
    private int _generation;
    private bool _isStale;
    private SnapshotFrame? _snapshot;
    private HubErrorException? _closed;

    public RoomLog(StoredRoom room, ICommitQueue queue, IRoomStore store, CommitTick tick, RoomOptions options)
    {
        (Key, _head, _state) = room;
        Id = _state.Room.Id;
        _queue = queue;
        _store = store;
        _readers = new RoomReaders(tick);
        _options = options;
        _tail = new RoomTail(options.MaxTailBytes);
    }

    public string Id { get; }

    /// <summary>The room's number in the store; 0 until it is stored. Set by the writer's loop only.</summary>
    public long Key { get; set; }

    /// <summary>True once the deletion is stored. Set and asked by the writer's loop only, which stores nothing after it.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>The last committed sequence.</summary>
    public long Head => Position.Sequence;

    /// <summary>The last committed event, and what proves it.</summary>
    public LogPosition Position
    {
        get
        {
            lock (_lock)
                return _head;
        }
    }

    /// <summary>Changes with <see cref="Restart"/>: what was made for an earlier generation continues a history that is gone, and is refused.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>False while the disk fails and nothing new can become visible. Viewers are woken when it changes.</summary>
    public bool IsStorageAvailable => _queue.FailingSince is null;

    /// <summary>Makes stored events visible: called by the writer's loop only, in commit order.</summary>
    public void Publish(CommittedBatch batch, IReadOnlyList<PendingEvent> events)
    {
        lock (_lock)
        {
            // Invariant: 1, 2, 3 … without a gap. A writer that breaks it must not reach a viewer.
            if (batch.FirstSequence != _head.Sequence + 1)
                throw new InvalidOperationException($"Room {Id} is at {_head.Sequence} and cannot publish {batch.FirstSequence}.");

            for (var i = 0; i < events.Count; i++)
                _state.Apply(events[i].ToRoomEvent(batch.FirstSequence + i));

            _head = batch.Position;
            _tail.Add(batch);
        }

        WakeViewers();
    }

    /// <summary>
    /// The stored room is not the one in memory: from now on nothing is appended, until <see cref="Restart"/>. Called by the writer's
    /// loop only.
    /// </summary>
    public void Distrust()
    {
        lock (_lock)
            _isStale = true;
    }

    /// <summary>
    /// Where the writer's loop appends; false while the stored room is another, and nothing is appended. For that loop only: it alone
    /// moves the head, but for <see cref="Restart"/>, which is over when the log is no longer stale. So it needs no lock, and whoever
    /// asks the state something long does not hold it up.
    /// </summary>
    public bool TryGetHead(out LogPosition head)
    {
        var isStale = Volatile.Read(ref _isStale);
        head = isStale ? default : _head;
        return !isStale;
    }

    /// <summary>Goes on from the room as it is stored. Whoever watches is given a snapshot.</summary>
    public void Restart(StoredRoom room)
    {
        lock (_lock)
        {
            (_, _head, _state) = room;
            _tail.Clear();
            _snapshot = null;
            _generation++;
            Volatile.Write(ref _isStale, false);
        }

        WakeViewers();
    }

    /// <summary>
    /// Sets the signal whenever the room has more, or is closed, until it is disposed. Subscribe before the first
    /// <see cref="ReadTail"/>, and nothing is missed between a look and a wait.
    /// </summary>
    public IDisposable Subscribe(RoomSignal viewer) => _readers.Add(viewer);

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

            return after >= _head.Sequence
                ? new TailRead(_generation, _head.Sequence, [], false)
                : _tail.Read(after) is { } batches
                    ? new TailRead(_generation, _head.Sequence, batches, false)
                    : new TailRead(_generation, _head.Sequence, [], true);
        }
    }

    /// <summary>A page of events from the store; it holds fewer than the limit where they are heavy.</summary>
    public Task<CommittedBatch?> ReadStoreAsync(long after, long through, int limit, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, limit, MaxPageBytes, cancellationToken);

    /// <summary>One frame of events from the store, for a viewer that is further back than the tail.</summary>
    public Task<CommittedBatch?> ReadFrameAsync(long after, long through, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, MaxFrameEvents, CommittedBatch.MaxBytes, cancellationToken);

    /// <summary>
    /// Whether a viewer with that cursor can be given the events after it: it has seen this very history, and is not too far back in it.
    /// Reads the store where the tail does not reach so far; a viewer whose place cannot be read now is given a snapshot, which needs no store.
    /// </summary>
    public async ValueTask<Resumption> FindResumptionAsync(RoomCursor cursor, CancellationToken cancellationToken)
    {
        while (true)
        {
            int generation;
            EventLink? link;
            lock (_lock)
            {
                generation = _generation;
                if (cursor.Sequence > _head.Sequence)
                    return Resumption.Refused(SnapshotReasons.Diverged);

                if (_head.Sequence - cursor.Sequence > _options.MaxBehindEvents)
                    return Resumption.Refused(SnapshotReasons.Behind);

                link = FindLink_NeedsLock(cursor.Sequence);
            }

            try
            {
                link ??= await _store.FindLinkAsync(Key, cursor.Sequence, cancellationToken);
            }
            catch (HubErrorException e) when (e.Code == ErrorCodes.StorageUnavailable)
            {
                return Resumption.Refused(SnapshotReasons.Behind);
            }

            lock (_lock)
            {
                // Invariant: the head that a viewer resumes to is of the history that its cursor was held against.
                if (generation == _generation)
                {
                    return new LogPosition(cursor.Sequence, link).IsProvenBy(cursor)
                        ? new Resumption(null, generation, _head.Sequence)
                        : Resumption.Refused(SnapshotReasons.Diverged);
                }
            }
        }
    }

    /// <summary>The place with that sequence; refused with <c>invalid</c> where it is ahead of the room.</summary>
    public async ValueTask<LogPosition> FindPositionAsync(long sequence, CancellationToken cancellationToken)
    {
        EventLink? link;
        lock (_lock)
        {
            if (sequence > _head.Sequence)
                throw new HubErrorException(ErrorCodes.Invalid, "The sequence is ahead of the room. Give back the cursor of the last frame or page, or none.");

            link = FindLink_NeedsLock(sequence);
        }

        return new LogPosition(sequence, link ?? await _store.FindLinkAsync(Key, sequence, cancellationToken));
    }

    /// <summary>Refuses with <c>conflict</c> a cursor that is not of this history.</summary>
    public async ValueTask RequireHistoryAsync(RoomCursor cursor, CancellationToken cancellationToken)
    {
        if (cursor.Sequence > Head || !(await FindPositionAsync(cursor.Sequence, cancellationToken)).IsProvenBy(cursor))
            throw new HubErrorException(ErrorCodes.Conflict, "The cursor is from another history of this room. Fetch the room's snapshot and go on from its cursor.");
    }

    public bool IsTooFarBehind(long sequence) => Head - sequence > _options.MaxBehindEvents;

    /// <summary>The state at the head, as a frame with the cursor of that very head.</summary>
    public RoomFrame ToFrame(string reason)
    {
        lock (_lock)
            return ToFrame_NeedsLock(reason);
    }

    /// <summary>The same, ready-made. Viewers that ask at the same head share one encoding.</summary>
    public SnapshotFrame ToSnapshot(string reason)
    {
        RoomFrame frame;
        int generation;
        long head;
        lock (_lock)
        {
            if (_closed is null && _snapshot is { } cached && cached.Sequence == _head.Sequence && cached.Reason == reason)
                return cached;

            (frame, generation, head) = (ToFrame_NeedsLock(reason), _generation, _head.Sequence);
        }

        // Encoded outside the lock: a megabyte of text takes milliseconds, and the writer must not wait for it.
        var snapshot = SnapshotFrame.Encode(frame, generation, head);
        lock (_lock)
        {
            if (generation == _generation && head == _head.Sequence)
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
    public void WakeViewers() => _readers.Wake();

    private RoomFrame ToFrame_NeedsLock(string reason) => _closed is null ? _state.ToSnapshot(_head.ToString(), reason) : throw _closed;

    private EventLink? FindLink_NeedsLock(long sequence) => sequence == _head.Sequence ? _head.Link : _tail.FindLink(sequence);
}
