using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// One room's ordered log, as far as it is in memory: its head, its tail and the fold of its events. Runs and people append from any
/// thread. Only the writer's loop publishes, in the order in which commits were accepted, and nobody sees an event before it is
/// stored. The head, the tail and the fold change together under one lock, held for microseconds: nothing is parsed, encoded or read
/// from the store under it. Next: <see cref="ICommitQueue"/>; after the commit, <see cref="Readers"/>.
/// </summary>
internal sealed partial class RoomLog
{
    private readonly Lock _lock = new();
    private readonly ICommitQueue _queue;
    private readonly IRoomStore _store;
    private readonly RoomFollowers _followers;
    private readonly RoomOptions _options;
    private readonly RoomTail _tail;
    private readonly SnapshotCache _snapshots = new();
    private RoomState _state;
    private LogPosition _head;
    private int _generation;
    private bool _isStale;

    public RoomLog(StoredRoom room, ICommitQueue queue, IRoomStore store, CommitTick tick, RoomFollowers followers, RoomOptions options)
    {
        (Key, _head, _state) = room;
        Id = _state.Room.Id;
        _queue = queue;
        _store = store;
        _followers = followers;
        _options = options;
        _tail = new RoomTail(options.MaxTailBytes);
        Readers = new RoomReaders(tick);
    }

    public string Id { get; }

    /// <summary>The viewers to wake when there is more.</summary>
    public RoomReaders Readers { get; }

    /// <summary>The room's number in the store; 0 until it is stored. Set by the writer's loop only.</summary>
    public long Key { get; set; }

    /// <summary>True once the deletion is stored. Set and asked by the writer's loop only, which stores nothing after it.</summary>
    public bool IsDeleted { get; private set; }

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

    /// <summary>Makes stored events visible. Called by the writer's loop only, in commit order.</summary>
    public void Publish(CommittedBatch batch, IReadOnlyList<PendingEvent> events)
    {
        var published = new RoomEvent[events.Count];
        for (var i = 0; i < published.Length; i++)
            published[i] = events[i].ToRoomEvent(batch.FirstSequence + i);

        lock (_lock)
        {
            // Invariant: 1, 2, 3 … without a gap. A writer that breaks it must not reach a viewer.
            if (batch.FirstSequence != _head.Sequence + 1)
                throw new InvalidOperationException($"Room {Id} is at {_head.Sequence} and cannot publish {batch.FirstSequence}.");

            foreach (var roomEvent in published)
                _state.Apply(roomEvent);

            _head = batch.Position;
            _tail.Add(batch);
        }

        Readers.Wake();
        foreach (var roomEvent in published)
        {
            // A run's events are for its room's readers alone, and far too many to tell everybody.
            if (roomEvent.Run is null)
                _followers.Published(this, roomEvent);
        }
    }

    /// <summary>The deletion is stored: ends every reader and forgets the room. Called by the writer's loop only.</summary>
    public void Delete()
    {
        IsDeleted = true;
        _followers.Deleted(this);
        Readers.Close(new HubErrorException(ErrorCodes.NotFound, "The room was deleted."));
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
    /// The head to append at; false while the stored room is another one, and nothing is appended. For the writer's loop only. Only
    /// that loop moves the head, besides <see cref="Restart"/>, which is over when the log is no longer stale: so no lock is needed.
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
            _generation++;
            Volatile.Write(ref _isStale, false);
        }

        Readers.Wake();
    }

    /// <summary>
    /// What lies after a position. With <see cref="TailRead.IsBehind"/> the tail does not reach back so far:
    /// <see cref="ReadFrameAsync"/> does, up to <see cref="TailRead.Head"/>.
    /// </summary>
    public TailRead ReadTail(long after)
    {
        Readers.ThrowIfClosed();
        lock (_lock)
        {
            return after >= _head.Sequence
                ? new TailRead(_generation, _head.Sequence, [], false)
                : _tail.Read(after) is { } batches
                    ? new TailRead(_generation, _head.Sequence, batches, false)
                    : new TailRead(_generation, _head.Sequence, [], true);
        }
    }

    /// <summary>The state at the head, as a frame with the cursor of that head.</summary>
    public RoomFrame ToFrame(string reason) => ReadFrame(reason).Frame;

    /// <summary>The same, encoded. Viewers that ask at the same head share one encoding.</summary>
    public SnapshotFrame ToSnapshot(string reason)
    {
        Readers.ThrowIfClosed();
        if (_snapshots.Find(Generation, Head, reason) is { } cached)
            return cached;

        // A megabyte of text takes milliseconds, and the writer must not wait for it: so it is encoded without the lock.
        var (frame, generation, head) = ReadFrame(reason);
        var snapshot = SnapshotFrame.Encode(frame, generation, head);
        _snapshots.Add(snapshot);
        return snapshot;
    }

    /// <summary>Asks the state something; what it returns must not hold on to the state.</summary>
    public T Query<T>(Func<RoomState, T> query)
    {
        lock (_lock)
            return query(_state);
    }

    private (RoomFrame Frame, int Generation, long Head) ReadFrame(string reason)
    {
        Readers.ThrowIfClosed();
        lock (_lock)
            return (_state.ToSnapshot(_head.ToString(), reason), _generation, _head.Sequence);
    }

    private EventLink? FindLink_NeedsLock(long sequence) => sequence == _head.Sequence ? _head.Link : _tail.FindLink(sequence);
}
