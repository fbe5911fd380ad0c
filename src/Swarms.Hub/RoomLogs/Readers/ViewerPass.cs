namespace Swarms.Hub.RoomLogs;

/// <summary>
/// One pass over the viewers of a room that wait for a commit. Each thread, at most one for each core, takes one viewer after the other and
/// runs its loop until its next wait. That saves a work item for each viewer. A viewer waits only for the few before it on its thread: a
/// loop whose connection does not take its frame gives the thread back. Next: <see cref="RoomSignal"/>.
/// </summary>
internal sealed class ViewerPass : IThreadPoolWorkItem
{
    // Waking another thread for fewer viewers costs more than it saves.
    private const int MinViewersPerThread = 8;

    private readonly List<RoomSignal> _viewers;
    private readonly CommitTick _tick;
    private int _next = -1;
    private int _left;

    private ViewerPass(List<RoomSignal> viewers, CommitTick tick)
    {
        _viewers = viewers;
        _tick = tick;
        _left = viewers.Count;
    }

    /// <summary>Starts a pass and returns at once; the pass reports its end to <paramref name="tick"/>.</summary>
    public static void Start(List<RoomSignal> viewers, CommitTick tick)
    {
        tick.PassStarted();
        var pass = new ViewerPass(viewers, tick);
        var threads = Math.Min(Environment.ProcessorCount, (viewers.Count + MinViewersPerThread - 1) / MinViewersPerThread);
        for (var i = 0; i < threads; i++)
            ThreadPool.UnsafeQueueUserWorkItem(pass, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var index = Interlocked.Increment(ref _next); index < _viewers.Count; index = Interlocked.Increment(ref _next))
        {
            _viewers[index].Resume();
            if (Interlocked.Decrement(ref _left) == 0)
                _tick.Passed();
        }
    }
}
