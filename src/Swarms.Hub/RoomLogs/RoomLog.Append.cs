using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <content>How events come in.</content>
internal sealed partial class RoomLog
{
    // How long a person waits for a disk before being told. Longer than any fsync that was measured (0.3 s), shorter than
    // a person's patience.
    private static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Hands events and changes to the writer. Returns when they are accepted (a full queue holds the caller back);
    /// <see cref="PendingCommit.Committed"/> says when they are durable and visible.
    /// </summary>
    public ValueTask<PendingCommit> AppendAsync(
        IReadOnlyList<PendingEvent> events, Durability durability, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes) =>
        ContinueAsync(Generation, events, durability, cancellationToken, changes);

    /// <summary>As <see cref="AppendAsync"/>, for what continues something: refused where the log is not of that generation any more.</summary>
    public async ValueTask<PendingCommit> ContinueAsync(
        int generation, IReadOnlyList<PendingEvent> events, Durability durability, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        // Without the lock, which whoever asks the state something may hold: the writer looks again.
        if (Volatile.Read(ref _isStale) || generation != Generation)
            throw LoadedAnew();

        var commit = new PendingCommit(this, generation, events, changes, durability);
        await _queue.EnqueueAsync(commit, cancellationToken);
        return commit;
    }

    /// <summary>
    /// Appends what a person did and waits until it is durable. While the disk fails it is refused with
    /// <c>storage_unavailable</c>, and then it has not happened and will not.
    /// </summary>
    public Task<long> AppendNowAsync(IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes) =>
        ContinueNowAsync(Generation, events, cancellationToken, changes);

    /// <summary>As <see cref="AppendNowAsync"/>, for what continues something: refused where the log is not of that generation any more.</summary>
    public async Task<long> ContinueNowAsync(
        int generation, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        RequireStorage();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StoragePatience);
        PendingCommit? commit = null;
        try
        {
            commit = await ContinueAsync(generation, events, Durability.Power, patience.Token, changes);
            return await commit.Committed.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What is being written at this moment cannot be taken back: then what becomes of that is the answer.
            if (commit is null || _queue.TryWithdraw(commit) || !await IsStoredAfterAllAsync(commit))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw StorageUnavailable();
            }

            return await commit.Committed;
        }
    }

    /// <summary>Refuses with <c>storage_unavailable</c> while the disk fails: for what must not be begun then.</summary>
    public void RequireStorage()
    {
        if (!IsStorageAvailable)
            throw StorageUnavailable();
    }

    private static HubErrorException StorageUnavailable() => new(
        ErrorCodes.StorageUnavailable, "The hub's storage does not take writes at the moment. Nothing was changed; try again shortly.", TimeSpan.FromSeconds(5));

    /// <summary>What is told to whoever appends to a history that is not the stored one.</summary>
    public static HubErrorException LoadedAnew() => new(
        ErrorCodes.StorageUnavailable, "The room was changed in the hub's database by another program, and is loaded anew. Nothing of this was stored; try again.", TimeSpan.FromSeconds(1));

    private static async Task<bool> IsStoredAfterAllAsync(PendingCommit commit)
    {
        await ((Task)commit.Committed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !commit.Committed.IsCanceled;
    }
}
