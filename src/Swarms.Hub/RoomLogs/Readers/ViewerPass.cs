namespace Swarms.Hub.RoomLogs;

/// <summary>
/// One pass over the viewers of a room that wait for what a commit brought. As many pool threads as there are cores take one viewer
/// after the other and run its loop until it waits again, where a pool thread for each viewer would cost a queueing each. No viewer
/// waits for another but the few that a thread takes before it: one whose connection does not take its frame waits without a thread.
/// </summary>
internal sealed class ViewerPass : IThreadPoolWorkItem
{
    // Below it waking a second thread costs more than it saves.
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

    /// <summary>Returns at once; <paramref name="tick"/> is told when the pass is over.</summary>
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
