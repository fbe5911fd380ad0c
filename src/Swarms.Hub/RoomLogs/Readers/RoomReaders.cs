using Swarms.Hub.Errors;

namespace Swarms.Hub.RoomLogs;

/// <summary>The viewers of one room: subscribes, wakes and closes them. Safe from any thread. Next: <see cref="ViewerPass"/>.</summary>
internal sealed class RoomReaders(CommitTick tick)
{
    private readonly Lock _lock = new();
    private readonly HashSet<RoomSignal> _viewers = [];
    private HubErrorException? _closed;

    /// <summary>
    /// Sets the signal whenever the room has more or is closed, until the result is disposed. A viewer that subscribes before it first
    /// reads the tail misses nothing between a read and a wait.
    /// </summary>
    public IDisposable Subscribe(RoomSignal viewer)
    {
        lock (_lock)
            _viewers.Add(viewer);

        return new Subscription(this, viewer);
    }

    /// <summary>The timestamp of the newest publication in any room.</summary>
    public long PublishedAt => tick.PublishedAt;

    /// <summary>Watches until the viewers of this moment have taken the events up to a sequence.</summary>
    public DeliveryWatch Watch(long sequence)
    {
        RoomSignal[] viewers;
        lock (_lock)
            viewers = [.. _viewers];

        var watch = new DeliveryWatch(sequence, viewers.Length);
        foreach (var viewer in viewers)
            viewer.Watch(watch);

        // A viewer that left meanwhile no longer hears of a watch that it got after that.
        lock (_lock)
            viewers = [.. viewers.Where(viewer => !_viewers.Contains(viewer))];

        foreach (var viewer in viewers)
            viewer.Leave();

        watch.Arrive();
        return watch;
    }

    /// <summary>Makes every viewer look again.</summary>
    public void Wake()
    {
        List<RoomSignal>? waiting = null;
        lock (_lock)
        {
            foreach (var viewer in _viewers)
            {
                if (viewer.TrySet())
                    (waiting ??= new(_viewers.Count)).Add(viewer);
            }
        }

        if (waiting is not null)
            ViewerPass.Start(waiting, tick);
    }

    /// <summary>Ends the stream of every present and later viewer with this reason. The first reason counts.</summary>
    public void Close(HubErrorException reason)
    {
        Interlocked.CompareExchange(ref _closed, reason, null);
        Wake();
    }

    /// <summary>Throws the reason once the room is closed.</summary>
    public void ThrowIfClosed()
    {
        if (Volatile.Read(ref _closed) is { } reason)
            throw reason;
    }

    private void Unsubscribe(RoomSignal viewer)
    {
        lock (_lock)
            _viewers.Remove(viewer);

        viewer.Leave();
    }

    private sealed class Subscription(RoomReaders readers, RoomSignal viewer) : IDisposable
    {
        public void Dispose() => readers.Unsubscribe(viewer);
    }
}
