namespace Swarms.Hub.Rooms;

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

    /// <summary>Takes back what has not begun to be written; false where it is too late for that.</summary>
    bool TryWithdraw(PendingCommit commit);
}
