namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The commits that wait to be stored, bounded in number and bytes. They are stored in the order in which they were accepted. Any thread
/// enqueues and withdraws; the writer's loop alone takes. Next: <see cref="Storage.CommitQueue"/>.
/// </summary>
internal interface ICommitQueue
{
    /// <summary>The time since which the disk fails; null while it takes writes.</summary>
    DateTimeOffset? FailingSince { get; }

    /// <summary>True while the disk has too little room for anything new. Runs in flight go on.</summary>
    bool IsNearlyFull => false;

    /// <summary>Accepts the commit as soon as there is room; until then the caller waits.</summary>
    ValueTask EnqueueAsync(PendingCommit commit, CancellationToken cancellationToken);

    /// <summary>
    /// Withdraws a commit that the writer has not taken. Returns false for one that it has: that commit is stored, or, if the write fails,
    /// not retried and <see cref="PendingCommit.Committed"/> is cancelled.
    /// </summary>
    bool TryWithdraw(PendingCommit commit);
}
