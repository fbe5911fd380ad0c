using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>
/// The port through which everything is written. Called by the loop of <see cref="GroupCommitWriter"/> only, one call at a time.
/// </summary>
internal interface ILogWriter
{
    /// <summary>Completes when the store is open: nothing else is called before.</summary>
    Task Opened { get; }

    /// <summary>How many transactions were stored. May be asked from any thread.</summary>
    long Transactions { get; }

    /// <summary>True while deleted rooms may have left something.</summary>
    bool MayHaveRemains { get; }

    /// <summary>
    /// Stores the commits in one transaction, in their order. Sequences and links come from the store: in the transaction each room's
    /// stored head is compared with the one in memory.
    /// <list type="bullet">
    /// <item>It is the same: the room's commits are appended.</item>
    /// <item>It is what the last transaction that failed would have made it: that one was stored, its answer was lost, and its commits
    /// are among the accepted.</item>
    /// <item>It is another: the room is among the <see cref="StoredCommits.Diverged"/>, its commits are refused, and the others are not
    /// concerned.</item>
    /// </list>
    /// A commit that contradicts what is stored is refused alone and leaves no trace. Either the call returns and everything accepted is
    /// stored, or it throws <see cref="StorageFailedException"/>, and its commits are to be given again. Without commits, it finds out
    /// whether the store takes writes.
    /// </summary>
    ValueTask<StoredCommits> StoreAsync(IReadOnlyList<PendingCommit> commits);

    /// <summary>Removes one slice of what deleted rooms left. Throws <see cref="StorageFailedException"/>.</summary>
    ValueTask RemoveRemainsAsync();

    /// <summary>The last call: everything stored is where it stays.</summary>
    ValueTask CloseAsync();
}
