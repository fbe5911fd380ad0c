namespace Swarms.Hub.RoomLogs;

/// <summary>
/// What waits to be committed, bounded in number and bytes. Commits are stored in the order in which they were accepted.
/// Next: <see cref="Storage.GroupCommitWriter"/>, the one consumer.
/// </summary>
internal interface ICommitQueue
{
    /// <summary>Null while the disk takes writes; else since when it does not.</summary>
    DateTimeOffset? FailingSince { get; }

    /// <summary>Accepts the commit as soon as there is room; until then the caller is held back.</summary>
    ValueTask EnqueueAsync(PendingCommit commit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes back what has not begun to be written. False where it is being written: then it is stored, or, if that fails, not
    /// tried again, and <see cref="PendingCommit.Committed"/> says which: it is cancelled.
    /// </summary>
    bool TryWithdraw(PendingCommit commit);
}
