namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Events and changes that become true together or not at all. Made by <see cref="RoomLog.AppendAsync"/>; the writer's loop
/// completes it. Next: <see cref="ICommitQueue"/>.
/// </summary>
/// <param name="log">Where it is appended.</param>
/// <param name="generation">The log's generation that it was made for: it is refused in any other.</param>
/// <param name="events">In this order.</param>
/// <param name="changes">In this order.</param>
/// <param name="durability">What it survives once it is committed.</param>
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

    /// <summary>The sequence of the last event, once it is durable and visible; or the refusal.</summary>
    public Task<long> Committed => _committed.Task;

    /// <summary>Nobody waits for it any more: it is not tried again. Set under the queue's lock.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>It may have been stored before, because the answer to an earlier attempt was lost. Set and asked by the writer's loop only.</summary>
    public bool IsRepeated { get; set; }

    public void Complete(long lastSequence) => _committed.TrySetResult(lastSequence);

    public void Withdraw() => _committed.TrySetCanceled();

    public void Fail(Exception exception)
    {
        _committed.TrySetException(exception);
        // Whoever appended may have gone; a refusal that nobody reads is not an unobserved error.
        _ = _committed.Task.Exception;
    }
}
