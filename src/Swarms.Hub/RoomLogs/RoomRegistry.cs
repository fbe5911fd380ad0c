using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The rooms in memory: loaded when first used, dropped when idle. Owns which rooms are live; safe from any thread. Two callers
/// never get two logs of one room, because a second log would have a tail of its own.
/// </summary>
internal sealed partial class RoomRegistry(
    IRoomStore store, ICommitQueue queue, CommitTick tick, IOptions<RoomOptions> options, TimeProvider time, ILogger<RoomRegistry> logger) : BackgroundService
{
    // What nobody uses is kept for a while and no longer than that, however many rooms are asked for meanwhile: a thousand of the
    // usual weigh 50 MB, and of the heaviest 5 GB.
    internal const int MaxIdleRooms = 1_000;

    private static readonly TimeSpan ReloadDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly LinkedList<Entry> _idle = [];
    // As many as there are rooms in memory, each once.
    private readonly Channel<RoomLog> _distrusted = Channel.CreateUnbounded<RoomLog>(new UnboundedChannelOptions { SingleReader = true });

    private readonly List<Func<RoomReload, CancellationToken, Task>> _followers = [];

    /// <summary>How many rooms are in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>The room, kept in memory until the lease is disposed. Fails with <c>not_found</c> where there is none.</summary>
    public async Task<RoomLease> OpenAsync(string roomId, CancellationToken cancellationToken) =>
        await TryOpenAsync(roomId, cancellationToken)
        ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such room, or you are not in it.");

    /// <summary>As <see cref="OpenAsync"/>, but null where there is none.</summary>
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

    /// <summary>A room that does not exist yet: its first commit creates it, and who fails at that removes it again.</summary>
    public RoomLease Create(Room room)
    {
        var beginning = new StoredRoom(0, new LogPosition(0, EventLink.CreateFirst()), new RoomState(room));
        var log = new RoomLog(beginning, queue, store, tick, options.Value);
        var entry = new Entry(room.Id, Task.FromResult<RoomLog?>(log)) { Leases = 1 };
        lock (_lock)
            _entries.Add(room.Id, entry);

        return new RoomLease(log, () => Release(entry));
    }

    /// <summary>A deleted room: its viewers are told, and nobody finds it in memory any more.</summary>
    public void Remove(RoomLog log)
    {
        lock (_lock)
        {
            if (_entries.Remove(log.Id, out var entry))
                Unlink_NeedsLock(entry);
        }

        log.Close(new HubErrorException(ErrorCodes.NotFound, "The room was deleted."));
    }

    /// <summary>
    /// The stored room is not the one in memory: nothing is appended to it until it is loaded anew, and then whoever watches is given a
    /// snapshot. Called by the writer's loop only, once for each such finding.
    /// </summary>
    public void Reload(RoomLog log)
    {
        log.Distrust();
        _distrusted.Writer.TryWrite(log);
        Log.RoomDistrusted(logger, log.Id);
    }

    /// <summary>Calls that whenever a room was loaded anew, before the next one is. It must not throw.</summary>
    public void Follow(Func<RoomReload, CancellationToken, Task> follower)
    {
        lock (_lock)
            _followers.Add(follower);
    }

    /// <summary>Lets every viewer of every room look again: the storage began or stopped to fail.</summary>
    public void WakeViewers()
    {
        List<Entry> entries;
        lock (_lock)
            entries = [.. _entries.Values];

        foreach (var entry in entries)
        {
            if (entry.HasLog)
                entry.Log.GetAwaiter().GetResult()!.WakeViewers();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(DropIdleAsync(stoppingToken), ReloadAsync(stoppingToken));

    private async Task DropIdleAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.IdleTimeout / 2, time);
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

    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var log in _distrusted.Reader.ReadAllAsync(stoppingToken))
            {
                // A store that cannot be read now is asked again, after the other rooms.
                if (!await TryReloadAsync(log, stoppingToken))
                {
                    await Task.Delay(ReloadDelay, time, stoppingToken);
                    _distrusted.Writer.TryWrite(log);
                }
            }
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    private async Task<bool> TryReloadAsync(RoomLog log, CancellationToken stoppingToken)
    {
        try
        {
            if (await store.LoadAsync(log.Id, stoppingToken) is not { } room)
            {
                Remove(log);
                return true;
            }

            var reload = new RoomReload(
                log,
                [.. room.State.Runs.Where(run => !run.HasEnded).Select(run => run.ToRun())],
                log.Query(state => state.Members.Select(member => member.Id).Where(id => room.State.FindMember(id) is null).ToList()));
            log.Restart(room);
            List<Func<RoomReload, CancellationToken, Task>> followers;
            lock (_lock)
                followers = [.. _followers];

            foreach (var follower in followers)
                await follower(reload, stoppingToken);

            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.RoomNotReloaded(logger, log.Id, e);
            return false;
        }
    }

    private void DropIdle()
    {
        var dropped = 0;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            for (; _idle.First is { } longest && time.GetElapsedTime(longest.Value.LastUsed, now) >= options.Value.IdleTimeout; dropped++)
                Drop_NeedsLock(longest.Value);
        }

        if (dropped > 0)
            Log.RoomsDropped(logger, dropped);
    }

    private void Release(Entry entry)
    {
        lock (_lock)
        {
            entry.LastUsed = time.GetTimestamp();
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
            // A caller that only lost patience leaves the room to those who wait for it or have it; one that found nothing, or
            // a store that failed, leaves nothing behind.
            if (entry.Log.IsCompleted && !entry.HasLog && _entries.GetValueOrDefault(entry.Id) == entry)
                Drop_NeedsLock(entry);
        }
    }

    private async Task<RoomLog?> LoadAsync(string roomId)
    {
        // Leaves the registry's lock before it reads the disk.
        await Task.Yield();
        var room = await store.LoadAsync(roomId, CancellationToken.None);
        return room is null ? null : new RoomLog(room, queue, store, tick, options.Value);
    }

    private sealed class Entry(string id, Task<RoomLog?> log)
    {
        public string Id { get; } = id;

        public Task<RoomLog?> Log { get; } = log;

        public bool HasLog => Log is { IsCompletedSuccessfully: true } loaded && loaded.GetAwaiter().GetResult() is not null;

        public int Leases { get; set; }

        /// <summary>Its place among those that nobody uses, longest first.</summary>
        public LinkedListNode<Entry>? Idle { get; set; }

        public long LastUsed { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Dropped {Count} idle rooms from memory.")]
        public static partial void RoomsDropped(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Error, "Room {Room} was changed in the database by another program. It is loaded anew, and what waited to be stored is refused.")]
        public static partial void RoomDistrusted(ILogger logger, string room);

        [LoggerMessage(3, LogLevel.Error, "Room {Room} could not be loaded anew; it is tried again.")]
        public static partial void RoomNotReloaded(ILogger logger, string room, Exception exception);
    }
}
