using Swarms.Hub.Diagnostics;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage;

/// <summary>
/// The one writer. Its loop takes everything that waits, stores it in one transaction, and only then publishes it to the rooms:
/// one commit is one tick is one frame. It owns the store's writing connection. What it took is stored in order, retried for as
/// long as the disk fails, and never shown before it is stored. Next: <see cref="RoomLog.Publish"/>.
/// </summary>
internal sealed partial class GroupCommitWriter(
    CommitQueue queue, SqliteLogWriter log, RoomRegistry rooms, CommitTick tick, HubMetrics metrics, TimeProvider time, ILogger<GroupCommitWriter> logger) : BackgroundService
{
    // Where a failing disk is tried again: often enough that nobody waits long after it recovered.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    // Between two slices of what deleted rooms left, which take about as long: half of a core stays for those who watch.
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(2);

    private int _isClosed;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Invariant: what was accepted is stored before the hub is gone. Only then the loop is told to stop.
        queue.Complete();
        if (ExecuteTask is { } loop)
            await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await base.StopAsync(cancellationToken);
        // A host may be stopped twice, by its signal and by who owns it, the second time while it is disposed.
        if (ExecuteTask is null or { IsCompletedSuccessfully: true } && Interlocked.Exchange(ref _isClosed, 1) == 0)
            log.CloseCleanly();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (await NextAsync(stoppingToken))
        {
            if (!await TryAsync(() => Commit(queue.Take()), stoppingToken))
                return;

            if (log.MayHaveRemains && queue.FailingSince is null && !await TryAsync(log.RemoveRemains, stoppingToken))
                return;
        }
    }

    // Waits for commits, and removes what deleted rooms left while there are none.
    private async Task<bool> NextAsync(CancellationToken stoppingToken)
    {
        // First the tick, then the queue: what comes within the tick need not wake this loop.
        await tick.WaitAsync(stoppingToken);
        while (log.MayHaveRemains && queue.IsIdle)
        {
            if (!await TryAsync(log.RemoveRemains, stoppingToken))
                return false;

            // A commit ends the pause; else the delay does.
            await Task.WhenAny(queue.WaitAsync().AsTask(), Task.Delay(RemovalPause, time, stoppingToken));
        }

        return await queue.WaitAsync();
    }

    // False when the hub stops.
    private async Task<bool> TryAsync(Action write, CancellationToken stoppingToken)
    {
        try
        {
            write();
            return true;
        }
        catch (StorageFailedException e)
        {
            Failed(e);
            await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !stoppingToken.IsCancellationRequested;
        }
    }

    private void Commit(List<PendingCommit> commits)
    {
        try
        {
            var started = time.GetTimestamp();
            var stored = log.Store(commits);
            metrics.Committed(stored.Events, time.GetElapsedTime(started));
            Publish(stored);
        }
        catch (StorageFailedException)
        {
            queue.PutBack(commits);
            throw;
        }

        queue.Settle(commits);
    }

    private void Publish(StoredCommits stored)
    {
        tick.Published();
        foreach (var (room, batch, events) in stored.Batches)
            room.Publish(batch, events);

        // Before anybody hears that it is stored, whose next wish would be refused for a disk that works.
        Recovered();
        foreach (var (commit, lastSequence) in stored.Accepted)
            commit.Complete(lastSequence);

        foreach (var (commit, refusal) in stored.Refused)
            commit.Fail(refusal);
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
        [LoggerMessage(1, LogLevel.Error, "The storage does not take writes: nothing new is shown, upstreams are held back, and the hub keeps trying.")]
        public static partial void StorageFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "The storage takes writes again after {Duration}.")]
        public static partial void StorageRecovered(ILogger logger, TimeSpan duration);
    }
}
