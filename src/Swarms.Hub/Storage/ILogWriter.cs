using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>
/// The port through which rooms are written. The loop of <see cref="GroupCommitWriter"/> calls it, one call at a time; other threads
/// may read the properties. A store is an implementation of this, of <see cref="IRoomStore"/> and of <see cref="Access.IAccessStore"/>
/// that passes the suite in <c>tests/Swarms.Hub.Tests/Specifications</c>. Next: <see cref="RoomWrite"/>.
/// </summary>
/// <remarks>
/// <para>
/// <b>Order.</b> One call is one transaction. A room's events get the sequences 1, 2, 3 … without a gap, in the order of its commits and
/// of the events in each. Changes are applied in the same order, and each sees those before it.
/// </para>
/// <para>
/// <b>Links.</b> Each event's link is <see cref="EventLink.Next(long, PendingEvent)"/> of the link before it. Link 0 is the link of the
/// new log that <see cref="RoomChange.CreateRoom"/> is appended to. Sequence and link are stored with the event.
/// </para>
/// <para>
/// <b>Erasure.</b> A change may erase the data and the key of earlier events. They keep the rest, their digest and their links. Data
/// that is stored and erased in one call is never published. Nothing of it is left in the store soon after the call.
/// </para>
/// <para>
/// <b>Atomicity.</b> The events and changes of a commit become true together or not at all. The accepted commits of a call are stored
/// together or not at all. Reads see them when the call returns, and never see half of a commit.
/// </para>
/// <para>
/// <b>Refusals.</b> A commit that contradicts the store is refused alone. It leaves no event, no change and no gap; the commits behind it
/// are stored. Each <see cref="RoomChange"/> states its codes. Other reasons: the room was deleted or never created
/// (<c>not_found</c>), the commit is of a generation of its log that is gone (<c>storage_unavailable</c>), or a member who has left says
/// or starts something in it (<c>unauthenticated</c>).
/// </para>
/// <para>
/// <b>Failure.</b> A store that cannot take a transaction throws <see cref="StorageFailedException"/>. Nothing was stored then, unless
/// <see cref="StorageFailedException.IsInDoubt"/> says that nobody knows. Either way the caller gives the same commits again, in the
/// same order and before later ones. Commits in doubt are marked <see cref="PendingCommit.IsRepeated"/> first.
/// </para>
/// <para>
/// <b>Lost answers.</b> Commits that are given again are stored once. The store remembers the head that each transaction was to give a
/// room. It does so while the room's log is in memory, through reconnects and fail-overs. If it finds that head, it accepts those commits
/// with the sequences that they have, even if they were given up meanwhile. For example: a call stores A, and its answer is lost. The
/// next call is given A and B, accepts A and appends B. A commit without events leaves no head. Its changes are such that applying them
/// twice is applying them once.
/// </para>
/// <para>
/// <b>Divergence.</b> A room diverges if its stored head is neither the one in memory nor one that a lost answer explains. Another
/// program wrote there, or a fail-over or a restored copy lost commits. The room's commits are refused with <c>storage_unavailable</c>,
/// and <see cref="StoredCommits.Diverged"/> names the room once. It takes nothing until its log is loaded anew. Other rooms are not
/// concerned.
/// </para>
/// <para>
/// <b>Durability.</b> Every accepted commit survives the death of the process. A transaction with a commit of
/// <see cref="Durability.Power"/> survives the loss of power, with everything stored before it. <see cref="StorageOptions.IsSynced"/>
/// may ask that of every commit. A loss takes whole transactions from the end.
/// </para>
/// </remarks>
internal interface ILogWriter
{
    /// <summary>Completes when the store is open. Nothing else is called before.</summary>
    Task Opened { get; }

    /// <summary>The name by which OpenTelemetry knows the database: <c>sqlite</c> or <c>postgresql</c>.</summary>
    string DatabaseSystem { get; }

    /// <summary>Counts the transactions that were stored.</summary>
    long Transactions { get; }

    /// <summary>True while rows of deleted rooms may be left: after a start, and from a deletion until nothing is found any more.</summary>
    bool MayHaveRemains { get; }

    /// <summary>True while the search lacks something that was stored, or nobody has looked since the start.</summary>
    bool IsSearchBehind { get; }

    /// <summary>
    /// Stores the commits in one transaction. The answer names each commit once: accepted, refused or withdrawn. A commit that was given
    /// up is withdrawn, unless it is stored already. The caller publishes the rooms before it completes any commit. Without commits, the
    /// call finds out whether the store takes writes. Throws <see cref="StorageFailedException"/>.
    /// </summary>
    ValueTask<StoredCommits> StoreAsync(IReadOnlyList<PendingCommit> commits);

    /// <summary>
    /// Removes one slice of the rows that deleted rooms left, small enough to go between two commits. The rows tell how far the removal
    /// is, so it goes on after a restart. The ids of members and their tokens stay. Throws <see cref="StorageFailedException"/>.
    /// </summary>
    ValueTask RemoveRemainsAsync();

    /// <summary>
    /// Reads one slice of the log into the search, small enough to go between two commits. How far it came is stored with it, so it goes on
    /// after a restart. Throws <see cref="StorageFailedException"/>.
    /// </summary>
    ValueTask FillSearchAsync();

    /// <summary>The last call. Makes everything stored durable if the store can be reached, and does not throw if it cannot.</summary>
    ValueTask CloseAsync();
}
