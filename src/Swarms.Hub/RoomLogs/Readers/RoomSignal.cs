using System.Threading.Tasks.Sources;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Tells one viewer that its room has more. Set from any thread; waited on by the viewer's loop alone, which goes on where
/// <see cref="Resume"/> is called. Being set while nobody waits is remembered, once. Lives as long as the viewer: a wait allocates
/// nothing. Next: <see cref="ViewerPass"/>.
/// </summary>
internal sealed class RoomSignal : IValueTaskSource, IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int IsSet = 1;
    private const int IsAwaited = 2;

    private ManualResetValueTaskSourceCore<bool> _wait;
    private int _state;

    /// <summary>Forgets a set that nobody waited for: called before a look, so that only what comes after it ends the next wait.</summary>
    public void Reset() => Interlocked.CompareExchange(ref _state, Idle, IsSet);

    public ValueTask WaitAsync()
    {
        _wait.Reset();
        if (Interlocked.CompareExchange(ref _state, IsAwaited, Idle) == Idle)
            return new ValueTask(this, _wait.Version);

        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sets it, and lets a viewer that waits go on elsewhere.</summary>
    public void Set()
    {
        if (TrySet())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Sets it. True where a viewer waits: then the caller owes it a <see cref="Resume"/>.</summary>
    public bool TrySet()
    {
        while (true)
        {
            switch (Interlocked.CompareExchange(ref _state, Idle, IsAwaited))
            {
                case IsAwaited:
                    return true;
                case IsSet:
                    return false;
                default:
                    if (Interlocked.CompareExchange(ref _state, IsSet, Idle) != IsAwaited)
                        return false;

                    // The viewer began to wait between the two looks.
                    break;
            }
        }
    }

    /// <summary>Runs the viewer's loop, on this thread, until it waits for something.</summary>
    public void Resume() => _wait.SetResult(true);

    void IThreadPoolWorkItem.Execute() => Resume();

    void IValueTaskSource.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}
