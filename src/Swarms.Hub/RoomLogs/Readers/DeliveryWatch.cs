namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Waits until every viewer that a room has at one moment has taken the events up to a sequence, or is gone. Made for the one event of a
/// run that is traced. Safe from any thread.
/// </summary>
internal sealed class DeliveryWatch(long sequence, int viewers)
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One more than the viewers, for the one who adds them.
    private int _left = viewers + 1;

    public long Sequence { get; } = sequence;

    public int Viewers { get; } = viewers;

    /// <summary>Completes when the last viewer has arrived.</summary>
    public Task Taken => _taken.Task;

    /// <summary>One viewer has taken the events, or takes none any more.</summary>
    public void Arrive()
    {
        if (Interlocked.Decrement(ref _left) == 0)
            _taken.TrySetResult();
    }
}
