using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The rooms in memory, loaded when first used and dropped when idle. Two callers never get two logs of one room, because a second log
/// would have its own tail. Safe from any thread.
/// </summary>
internal sealed partial class RoomRegistry : BackgroundService, IRoomDirectory, IRoomFollower
{
    // The bound of unused rooms in memory, however many are opened. A thousand usual rooms take 50 MB, and the largest 5 GB.
    internal const int MaxIdleRooms = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly LinkedList<Entry> _idle = [];
    private readonly RoomFollowers _followers = new();
    private readonly IRoomStore _store;
    private readonly ICommitQueue _queue;
    private readonly CommitTick _tick;
    private readonly RoomOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RoomRegistry> _logger;

    public RoomRegistry(
        IRoomStore store, ICommitQueue queue, CommitTick tick, IOptions<RoomOptions> options, TimeProvider time,
        ILogger<RoomRegistry> logger)
    {
        (_store, _queue, _tick, _options, _time, _logger) = (store, queue, tick, options.Value, time, logger);
        _followers.Add(this);
    }

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <inheritdoc/>
    public async Task<RoomLease> OpenAsync(string roomId, CancellationToken cancellationToken) =>
        await TryOpenAsync(roomId, cancellationToken)
        ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such room, or you are not in it.");

    /// <inheritdoc/>
    public async Task<RoomLease?> TryOpenAsync(string roomId, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(roomId, out entry!))
                _entries.Add(roomId, entry = new Entry(roomId, LoadAsync(roomId)));

            entry.Leases++;
            Unlink_NeedsLock(entry);
        }

        RoomLog? log = null;
        try
        {
            log = await entry.Log.WaitAsync(cancellationToken);
        }
        finally
        {
            if (log is null)
                Abandon(entry);
        }

        return log is null ? null : new RoomLease(log, () => Release(entry));
    }

    /// <inheritdoc/>
    public async Task CreateAsync(
        Room room, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        using var lease = Create(room);
        try
        {
            await lease.Log.AppendNowAsync(events, cancellationToken, changes);
        }
        catch
        {
            Remove(lease.Log);
            throw;
        }
    }

    /// <summary>Adds a room that does not exist yet; its first commit creates it.</summary>
    internal RoomLease Create(Room room)
    {
        var beginning = new StoredRoom(0, new LogPosition(0, EventLink.CreateFirst()), new RoomState(room));
        var log = CreateLog(beginning);
        var entry = new Entry(room.Id, Task.FromResult<RoomLog?>(log)) { Leases = 1 };
        lock (_lock)
            _entries.Add(room.Id, entry);

        return new RoomLease(log, () => Release(entry));
    }

    /// <summary>Removes the room from memory, and ends its lanes, which were deleted with it.</summary>
    void IRoomFollower.Deleted(RoomLog log)
    {
        Remove(log);
        DeleteLanes(lane => lane.Room == log.Id);
    }

    /// <summary>Ends the lane of a run that was removed.</summary>
    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        if (roomEvent.Type == EventTypes.RunRemoved && RunRemovedPayload.Read(roomEvent.Data).Run is var run)
            DeleteLanes(lane => lane.Room == log.Id && lane.Run == run);
    }

    /// <summary>Returns the rooms in memory.</summary>
    public IReadOnlyList<RoomLog> ListLogs()
    {
        lock (_lock)
            return [.. _entries.Values.Where(entry => entry.HasLog).Select(entry => entry.Log.GetAwaiter().GetResult()!)];
    }

    /// <inheritdoc/>
    public void Follow(IRoomFollower follower) => _followers.Add(follower);

    /// <summary>Makes every viewer of every room look again, because the storage began or stopped to fail.</summary>
    public void WakeViewers()
    {
        List<Entry> entries;
        lock (_lock)
            entries = [.. _entries.Values];

        foreach (var entry in entries)
        {
            if (entry.HasLog)
                entry.Log.GetAwaiter().GetResult()!.Readers.Wake();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(DropIdleAsync(stoppingToken), ReloadAsync(stoppingToken));

    private async Task DropIdleAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.IdleTimeout / 2, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                DropIdle();
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    private void DeleteLanes(Func<RoomLane, bool> isMeant)
    {
        foreach (var log in ListLogs())
        {
            if (log.Lane is { } lane && isMeant(lane))
                log.Delete();
        }
    }

    private void Remove(RoomLog log)
    {
        lock (_lock)
        {
            if (_entries.Remove(log.Id, out var entry))
                Unlink_NeedsLock(entry);
        }
    }

    private void DropIdle()
    {
        var dropped = 0;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            for (; _idle.First is { } longest && _time.GetElapsedTime(longest.Value.LastUsed, now) >= _options.IdleTimeout; dropped++)
                Drop_NeedsLock(longest.Value);
        }

        if (dropped > 0)
            Log.RoomsDropped(_logger, dropped);
    }

    private void Release(Entry entry)
    {
        lock (_lock)
        {
            entry.LastUsed = _time.GetTimestamp();
            if (--entry.Leases > 0 || _entries.GetValueOrDefault(entry.Id) != entry)
                return;

            entry.Idle = _idle.AddLast(entry);
            if (_idle.Count > MaxIdleRooms)
                Drop_NeedsLock(_idle.First!.Value);
        }
    }

    private void Drop_NeedsLock(Entry entry)
    {
        _entries.Remove(entry.Id);
        Unlink_NeedsLock(entry);
    }

    private void Unlink_NeedsLock(Entry entry)
    {
        if (entry.Idle is null)
            return;

        _idle.Remove(entry.Idle);
        entry.Idle = null;
    }

    private void Abandon(Entry entry)
    {
        Release(entry);
        lock (_lock)
        {
            // A caller that gave up leaves the room to the others that wait for it or use it. A room that was not found, or could not be
            // read, leaves no entry.
            if (entry.Log.IsCompleted && !entry.HasLog && _entries.GetValueOrDefault(entry.Id) == entry)
                Drop_NeedsLock(entry);
        }
    }

    private async Task<RoomLog?> LoadAsync(string roomId)
    {
        // The rest runs outside the registry's lock.
        await Task.Yield();
        var room = await _store.LoadAsync(roomId, CancellationToken.None);
        if (room is null)
            return null;

        var log = CreateLog(room);
        log.Measure();
        _followers.Loaded(log);
        return log;
    }

    private RoomLog CreateLog(StoredRoom room) => new(room, _queue, _store, _tick, _followers, _options);

    private sealed class Entry(string id, Task<RoomLog?> log)
    {
        public string Id { get; } = id;

        public Task<RoomLog?> Log { get; } = log;

        public bool HasLog => Log is { IsCompletedSuccessfully: true } loaded && loaded.GetAwaiter().GetResult() is not null;

        public int Leases { get; set; }

        /// <summary>The node in the list of unused rooms, longest unused first; null while the room is in use.</summary>
        public LinkedListNode<Entry>? Idle { get; set; }

        public long LastUsed { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Dropped {Count} idle rooms from memory.")]
        public static partial void RoomsDropped(ILogger logger, int count);

        [LoggerMessage(
            2, LogLevel.Error,
            "Room {Room} was changed in the database by another program. It is loaded anew, and its waiting commits are refused.")]
        public static partial void RoomDistrusted(ILogger logger, string room);

        [LoggerMessage(3, LogLevel.Error, "Room {Room} could not be loaded anew; it is tried again.")]
        public static partial void RoomNotReloaded(ILogger logger, string room, Exception exception);
    }
}
