using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The part of one room's ordered log that is in memory: its head, its tail and the fold of its events. Runs and people append from any
/// thread. Only the writer's loop publishes, in the order in which commits were accepted, and no event is visible before it is stored. The
/// head, the tail and the fold change together. JSON is parsed and encoded outside the lock. Next: <see cref="PendingCommit"/>.
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
        (Id, Lane) = (_state.Room.Id, _state.Room.Lane);
        _queue = queue;
        _store = store;
        _followers = followers;
        _options = options;
        _tail = new RoomTail(options.MaxTailBytes);
        Readers = new RoomReaders(tick);
    }

    public string Id { get; }

    /// <summary>The run whose lane this log is; null for a room's own log.</summary>
    public RoomLane? Lane { get; }

    /// <summary>The viewers to wake for new events.</summary>
    public RoomReaders Readers { get; }

    /// <summary>The room's number in the store; 0 until it is stored. Set by the writer's loop only.</summary>
    public long Key { get; set; }

    /// <summary>True once the deletion is stored. Set by the writer's loop, which stores nothing after it.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>The last committed sequence.</summary>
    public long Head => Position.Sequence;

    /// <summary>The position of the last committed event.</summary>
    public LogPosition Position
    {
        get
        {
            lock (_lock)
                return _head;
        }
    }

    /// <summary>
    /// The number of times that <see cref="Restart"/> replaced the history. An event that continues an earlier generation is refused.
    /// </summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>False while the disk fails and no event becomes visible. Viewers are woken when it changes.</summary>
    public bool IsStorageAvailable => _queue.FailingSince is null;

    /// <summary>Makes stored events visible. Called by the writer's loop only, in commit order.</summary>
    /// <param name="batch">The encoded events.</param>
    /// <param name="events">The same events.</param>
    /// <param name="erasedBytes">The bytes of older events' data that their commit erased; null if it erased none.</param>
    public void Publish(CommittedBatch batch, IReadOnlyList<PendingEvent> events, long? erasedBytes = null)
    {
        var published = new RoomEvent[events.Count];
        var bytes = 0L;
        for (var i = 0; i < published.Length; i++)
        {
            published[i] = events[i].ToRoomEvent(batch.FirstSequence + i);
            bytes += events[i].Weight;
        }

        batch.PublishedAt = Readers.PublishedAt;
        lock (_lock)
        {
            // Invariant: sequences are 1, 2, 3 … without a gap. A writer that breaks it must not reach a viewer.
            if (batch.FirstSequence != _head.Sequence + 1)
                throw new InvalidOperationException($"Room {Id} is at {_head.Sequence} and cannot publish {batch.FirstSequence}.");

            foreach (var roomEvent in published)
            {
                _state.Apply(roomEvent);
                if (ChangesAudiences(roomEvent))
                    _audienceVersion++;
            }

            _head = batch.Position;
            // Invariant: the tail never holds data that was erased. A viewer that is further back reads the store, which has none.
            if (erasedBytes is not null)
                _tail.Clear();

            _tail.Add(batch);
            _storedBytes += bytes - (erasedBytes ?? 0);
        }

        Readers.Wake();
        foreach (var roomEvent in published)
        {
            // Followers do not get the events of runs, of which there are far too many.
            if (roomEvent.Run is null)
                _followers.Published(this, roomEvent);
        }
    }

    /// <summary>Ends every reader and forgets the room after its deletion is stored. Called by the writer's loop only.</summary>
    public void Delete()
    {
        IsDeleted = true;
        _followers.Deleted(this);
        Readers.Close(new HubErrorException(ErrorCodes.NotFound, "The room was deleted."));
    }

    /// <summary>
    /// Refuses appends until <see cref="Restart"/>, because the stored room is not the one in memory. Called by the writer's loop only.
    /// </summary>
    public void Distrust()
    {
        lock (_lock)
            _isStale = true;
    }

    /// <summary>
    /// Returns the head to append at; false while the log is distrusted. Called by the writer's loop only. It needs no lock: only that loop
    /// moves the head, besides <see cref="Restart"/>, which clears the distrust last.
    /// </summary>
    public bool TryGetHead(out LogPosition head)
    {
        var isStale = Volatile.Read(ref _isStale);
        head = isStale ? default : _head;
        return !isStale;
    }

    /// <summary>Continues from the stored room. Its viewers get a snapshot.</summary>
    public void Restart(StoredRoom room)
    {
        lock (_lock)
        {
            (_, _head, _state) = room;
            _tail.Clear();
            _storedBytes = 0;
            _generation++;
            _audienceVersion++;
            Volatile.Write(ref _isStale, false);
        }

        Readers.Wake();
    }

    /// <summary>
    /// Reads the batches after a position. If <see cref="TailRead.IsBehind"/> is true, <see cref="ReadFrameAsync"/> reads up to
    /// <see cref="TailRead.Head"/>.
    /// </summary>
    public TailRead ReadTail(long after)
    {
        Readers.ThrowIfClosed();
        lock (_lock)
        {
            return after >= _head.Sequence
                ? new TailRead(_generation, _head.Sequence, [], false, _audienceVersion)
                : _tail.Read(after) is { } batches
                    ? new TailRead(_generation, _head.Sequence, batches, false, _audienceVersion)
                    : new TailRead(_generation, _head.Sequence, [], true, _audienceVersion);
        }
    }

    /// <summary>
    /// Returns the state at the head as the member may see it, encoded as a frame with the head's cursor. All of one audience who ask at
    /// the same head share it. Null stands for the hub itself, which sees everything.
    /// </summary>
    public SnapshotFrame ToSnapshot(string reason, string? memberId)
    {
        Readers.ThrowIfClosed();
        RoomFrame frame;
        Audience audience;
        int generation, audienceVersion;
        long head;
        lock (_lock)
        {
            // Invariant: the audience is that of the same moment as the state.
            audience = AudienceOf_NeedsLock(memberId);
            (generation, head, audienceVersion) = (_generation, _head.Sequence, _audienceVersion);
            if (_snapshots.Find(generation, head, reason, audience) is { } cached)
                return cached;

            frame = _state.ToSnapshot(_head.ToString(audience), reason);
        }

        // Encoding a megabyte of text takes milliseconds, and the writer must not wait for it. So it happens outside the lock.
        var snapshot = SnapshotFrame.Encode(frame, generation, head, audience, audienceVersion);
        _snapshots.Add(snapshot);
        return snapshot;
    }

    /// <summary>Queries the state under the lock; the result must not reference the state.</summary>
    public T Query<T>(Func<RoomState, T> query)
    {
        lock (_lock)
            return query(_state);
    }

    /// <summary>Returns the run as it stands at the head, null if the state has none, and the member's cursor of the head.</summary>
    public (Run? Run, string Cursor) FindRun(string runId, string memberId)
    {
        Readers.ThrowIfClosed();
        lock (_lock)
            return (_state.FindRun(runId)?.ToRun(), _head.ToString(AudienceOf_NeedsLock(memberId)));
    }

    /// <summary>Returns the run as it stands at a place of the log, null if the state has none, and the generation of both.</summary>
    public (Run? Run, LogPosition Position, int Generation) FindRunAtHead(string runId)
    {
        Readers.ThrowIfClosed();
        lock (_lock)
            return (_state.FindRun(runId)?.ToRun(), _head, _generation);
    }

    private EventLink? FindLink_NeedsLock(long sequence) => sequence == _head.Sequence ? _head.Link : _tail.FindLink(sequence);
}
