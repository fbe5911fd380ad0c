using System.Threading.Tasks.Sources;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Tells one viewer that its room has more. Any thread sets it; the viewer's loop alone waits on it, and continues on the thread that
/// calls <see cref="Resume"/>. It remembers one set while nobody waits. It lives as long as the viewer, so that waits allocate nothing.
/// Next: <see cref="Delivery.ViewerPump"/>.
/// </summary>
internal sealed class RoomSignal : IValueTaskSource, IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int IsSet = 1;
    private const int IsAwaited = 2;

    private ManualResetValueTaskSourceCore<bool> _wait;
    private int _state;
    private long _taken;
    private DeliveryWatch? _watch;

    /// <summary>Forgets an earlier set. Called before each look at the tail, so that only a later set ends the next wait.</summary>
    public void Reset() => Interlocked.CompareExchange(ref _state, Idle, IsSet);

    /// <summary>The viewer's connection has taken every event up to this sequence. Called by the viewer's loop.</summary>
    public void Took(long sequence)
    {
        // Invariant: the sequence is visible before the watch is read, as Watch does it the other way round. So one of the two arrives.
        Interlocked.Exchange(ref _taken, sequence);
        if (Volatile.Read(ref _watch) is { } watch && sequence >= watch.Sequence)
            Leave(watch);
    }

    /// <summary>Tells the watch once the viewer has taken its sequence. A viewer has one watch at a time. Safe from any thread.</summary>
    public void Watch(DeliveryWatch watch)
    {
        if (Interlocked.CompareExchange(ref _watch, watch, null) is not null)
            watch.Arrive();
        else if (Volatile.Read(ref _taken) >= watch.Sequence)
            Leave(watch);
    }

    /// <summary>The viewer takes no more.</summary>
    public void Leave()
    {
        if (Volatile.Read(ref _watch) is { } watch)
            Leave(watch);
    }

    public ValueTask WaitAsync()
    {
        _wait.Reset();
        if (Interlocked.CompareExchange(ref _state, IsAwaited, Idle) == Idle)
            return new ValueTask(this, _wait.Version);

        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sets it. A waiting viewer continues on a pool thread.</summary>
    public void Set()
    {
        if (TrySet())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Sets it. Returns true if a viewer waits: the caller must then call <see cref="Resume"/>.</summary>
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

                    // The viewer began to wait between the two exchanges.
                    break;
            }
        }
    }

    /// <summary>Runs the viewer's loop on this thread until its next wait.</summary>
    public void Resume() => _wait.SetResult(true);

    private void Leave(DeliveryWatch watch)
    {
        if (Interlocked.CompareExchange(ref _watch, null, watch) == watch)
            watch.Arrive();
    }

    void IThreadPoolWorkItem.Execute() => Resume();

    void IValueTaskSource.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}
