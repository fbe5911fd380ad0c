namespace Swarms.Hub.Rooms;

/// <summary>
/// Events and changes that become true together or not at all. Made by <see cref="RoomLog.AppendAsync"/>; the writer's loop
/// completes it. Next: <see cref="ICommitQueue"/>.
/// </summary>
internal sealed class PendingCommit(RoomLog log, IReadOnlyList<PendingEvent> events, IReadOnlyList<RoomChange> changes, Durability durability)
{
    private readonly TaskCompletionSource<long> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RoomLog Log { get; } = log;

    public IReadOnlyList<PendingEvent> Events { get; } = events;

    public IReadOnlyList<RoomChange> Changes { get; } = changes;

    public Durability Durability { get; } = durability;

    public int Weight { get; } = events.Sum(e => e.Weight) + (changes.Count * 512);

    /// <summary>The sequence of the last event, once it is durable and visible; or the refusal.</summary>
    public Task<long> Committed => _committed.Task;

    /// <summary>Nobody waits for it any more: it is not tried again. Set and asked under the queue's lock.</summary>
    public bool IsGivenUp { get; set; }

    public void Complete(long lastSequence) => _committed.TrySetResult(lastSequence);

    public void Withdraw() => _committed.TrySetCanceled();

    public void Fail(Exception exception)
    {
        _committed.TrySetException(exception);
        // Whoever appended may have gone; a refusal that nobody reads is not an unobserved error.
        _ = _committed.Task.Exception;
    }
}
