using Swarms.Hub.Diagnostics;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>
/// The one writer. Its loop alone takes what waits, stores it in one transaction through <see cref="ILogWriter"/>, and then publishes it:
/// one commit is one tick is one frame. Commits are stored in order, retried while the disk fails, and never shown before they are stored.
/// Next: <see cref="ILogWriter"/>.
/// </summary>
internal sealed partial class GroupCommitWriter(
    CommitQueue queue, ILogWriter log, RoomRegistry rooms, CommitTick tick, HubMetrics metrics, TimeProvider time,
    ILogger<GroupCommitWriter> logger) : BackgroundService
{
    // The pause before a failing disk is tried again: short enough that nobody waits long after it recovers.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    // The pause between two slices of the search and of deleted rooms. A slice takes about as long, so half of a core stays free.
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(2);

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClosing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Invariant: every accepted commit is stored before the hub ends. Only then the loop is told to stop.
        queue.Complete();
        if (ExecuteTask is { } loop && log.Opened.IsCompletedSuccessfully)
            await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await base.StopAsync(cancellationToken);
        if (log.Opened.IsCompletedSuccessfully && ExecuteTask is null or { IsCompletedSuccessfully: true })
            await CloseAsync();
    }

    // A host may be stopped twice, by a signal and by its owner. Whoever comes second waits, because the log is disposed after that.
    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
        {
            await _closed.Task;
            return;
        }

        try
        {
            await log.CloseAsync();
        }
        finally
        {
            _closed.SetResult();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await log.Opened.WaitAsync(stoppingToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        while (!stoppingToken.IsCancellationRequested && await NextAsync(stoppingToken))
        {
            if (!await TryAsync(() => CommitAsync(queue.Take()), stoppingToken))
                return;

            if (queue.FailingSince is null && !await TidyAsync(stoppingToken))
                return;
        }
    }

    // Waits for commits. While there are none, it fills the search and removes the rows of deleted rooms.
    private async Task<bool> NextAsync(CancellationToken stoppingToken)
    {
        // The tick comes first, then the queue: commits that arrive within the tick need not wake this loop.
        await tick.WaitAsync(stoppingToken);
        while ((log.MayHaveRemains || log.IsSearchBehind) && queue.IsIdle)
        {
            if (!await TidyAsync(stoppingToken))
                return false;

            // A commit or the delay ends the pause.
            await Task.WhenAny(queue.WaitAsync().AsTask(), Task.Delay(RemovalPause, time, stoppingToken));
        }

        return await queue.WaitAsync();
    }

    // Both get one slice. Under constant load it goes into the gap between two ticks, so that neither falls behind for ever.
    private async Task<bool> TidyAsync(CancellationToken stoppingToken) =>
        (!log.IsSearchBehind || await TryAsync(log.FillSearchAsync, stoppingToken))
        && (!log.MayHaveRemains || await TryAsync(log.RemoveRemainsAsync, stoppingToken));

    // False when the hub stops.
    private async Task<bool> TryAsync(Func<ValueTask> write, CancellationToken stoppingToken)
    {
        try
        {
            await write();
            return true;
        }
        catch (StorageFailedException e)
        {
            Failed(e);
            await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !stoppingToken.IsCancellationRequested;
        }
    }

    private async ValueTask CommitAsync(List<PendingCommit> commits)
    {
        try
        {
            var started = time.GetTimestamp();
            var stored = await log.StoreAsync(commits);
            metrics.Committed(stored.Events, time.GetElapsedTime(started), log.DatabaseSystem);
            Publish(stored);
        }
        catch (StorageFailedException e)
        {
            queue.PutBack(commits, e.IsInDoubt);
            throw;
        }

        queue.Settle(commits);
    }

    private void Publish(StoredCommits stored)
    {
        tick.Published();
        foreach (var room in stored.Rooms)
            room.Publish();

        foreach (var room in stored.Diverged)
            rooms.Reload(room);

        // Clear the failure before completing commits, or a caller's next request could still be refused.
        Recovered();
        foreach (var (commit, lastSequence) in stored.Rooms.SelectMany(room => room.Accepted))
            commit.Complete(lastSequence);

        foreach (var (commit, refusal) in stored.Refused)
            commit.Fail(refusal);

        foreach (var commit in stored.Withdrawn)
            commit.Withdraw();
    }

    private void Failed(StorageFailedException exception)
    {
        if (queue.FailingSince is not null)
            return;

        queue.FailingSince = time.GetUtcNow();
        rooms.WakeViewers();
        Log.StorageFailed(logger, exception);
    }

    private void Recovered()
    {
        if (queue.FailingSince is not { } since)
            return;

        queue.FailingSince = null;
        rooms.WakeViewers();
        Log.StorageRecovered(logger, time.GetUtcNow() - since);
    }

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Error,
            "The storage does not take writes: nothing new is shown, upstreams are held back, and the hub keeps trying.")]
        public static partial void StorageFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "The storage takes writes again after {Duration}.")]
        public static partial void StorageRecovered(ILogger logger, TimeSpan duration);
    }
}
