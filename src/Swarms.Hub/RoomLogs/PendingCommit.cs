namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Events and changes that become true together or not at all. Created by <see cref="RoomLog.AppendAsync"/> on the caller's thread, and
/// completed by the writer's loop. Next: <see cref="ICommitQueue"/>.
/// </summary>
/// <param name="log">The log to append to.</param>
/// <param name="generation">The log's generation for which it was created: any other refuses it.</param>
/// <param name="events">The events, in order.</param>
/// <param name="changes">The changes, in order.</param>
/// <param name="durability">The losses that it survives once it is committed.</param>
internal sealed class PendingCommit(
    RoomLog log, int generation, IReadOnlyList<PendingEvent> events, IReadOnlyList<RoomChange> changes, Durability durability)
{
    private readonly TaskCompletionSource<long> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RoomLog Log { get; } = log;

    public int Generation { get; } = generation;

    public IReadOnlyList<PendingEvent> Events { get; } = events;

    public IReadOnlyList<RoomChange> Changes { get; } = changes;

    public Durability Durability { get; } = durability;

    public int Weight { get; } = events.Sum(e => e.Weight) + (changes.Count * 512);

    /// <summary>Completes with the sequence of the last event when it is durable and visible, or fails with the refusal.</summary>
    public Task<long> Committed => _committed.Task;

    /// <summary>True if nobody waits for it any more, so it is not retried. Set under the queue's lock.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>
    /// True if it may be stored already, because the answer to an earlier attempt was lost. Set and read by the writer's loop only.
    /// </summary>
    public bool IsRepeated { get; set; }

    public void Complete(long lastSequence) => _committed.TrySetResult(lastSequence);

    public void Withdraw() => _committed.TrySetCanceled();

    public void Fail(Exception exception)
    {
        _committed.TrySetException(exception);
        // The caller may be gone, and an unread refusal must not count as an unobserved exception.
        _ = _committed.Task.Exception;
    }
}
