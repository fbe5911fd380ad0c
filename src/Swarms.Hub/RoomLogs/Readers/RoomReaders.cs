namespace Swarms.Hub.RoomLogs;

/// <summary>The viewers of one room that are to be woken when it has more. Safe from any thread. Next: <see cref="ViewerPass"/>.</summary>
internal sealed class RoomReaders(CommitTick tick)
{
    private readonly Lock _lock = new();
    private readonly HashSet<RoomSignal> _viewers = [];

    /// <summary>Wakes the viewer with the others until it is disposed.</summary>
    public IDisposable Add(RoomSignal viewer)
    {
        lock (_lock)
            _viewers.Add(viewer);

        return new Subscription(this, viewer);
    }

    /// <summary>Lets every viewer look again.</summary>
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

    private void Remove(RoomSignal viewer)
    {
        lock (_lock)
            _viewers.Remove(viewer);
    }

    private sealed class Subscription(RoomReaders readers, RoomSignal viewer) : IDisposable
    {
        public void Dispose() => readers.Remove(viewer);
    }
}
