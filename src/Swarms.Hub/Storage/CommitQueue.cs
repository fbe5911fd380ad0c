using Microsoft.Extensions.Options;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>
/// The commits that wait to be stored. Any thread produces; the writer's loop alone consumes. A producer beyond
/// <see cref="StorageOptions.MaxPendingEvents"/> or <see cref="StorageOptions.MaxPendingBytes"/> waits, first come first served, and its
/// upstream with it. A commit larger than the bound is accepted alone. Next: <see cref="GroupCommitWriter"/>.
/// </summary>
internal sealed class CommitQueue(IOptions<StorageOptions> options) : ICommitQueue
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingCommit> _pending = [];
    private readonly LinkedList<(PendingCommit Commit, TaskCompletionSource Accepted)> _heldBack = [];
    private TaskCompletionSource? _consumer;
    private long _bytes;
    private int _events;
    private bool _isCompleted;
    private bool _isProbed;

    public DateTimeOffset? FailingSince { get; set; }

    public bool IsNearlyFull { get; set; }

    public int PendingEvents => Volatile.Read(ref _events);

    public long PendingBytes => Interlocked.Read(ref _bytes);

    /// <summary>True while nothing is pending, more may come, and the disk is not known to fail.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _pending.Count == 0 && !_isCompleted && !_isProbed && FailingSince is null;
        }
    }

    public ValueTask EnqueueAsync(PendingCommit commit, CancellationToken cancellationToken)
    {
        LinkedListNode<(PendingCommit Commit, TaskCompletionSource Accepted)> held;
        lock (_lock)
        {
            if (_isCompleted)
                throw new LogClosedException();

            if (_heldBack.Count == 0 && HasRoomFor_NeedsLock(commit))
            {
                Accept_NeedsLock(commit);
                return ValueTask.CompletedTask;
            }

            held = _heldBack.AddLast((commit, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        return new ValueTask(WaitAsync(held, cancellationToken));
    }

    public bool TryWithdraw(PendingCommit commit)
    {
        lock (_lock)
        {
            if (!_pending.Remove(commit))
            {
                commit.IsGivenUp = true;
                return false;
            }

            Subtract_NeedsLock(commit);
            Admit_NeedsLock();
            return true;
        }
    }

    /// <summary>
    /// Waits until a commit is pending or the store is to be probed. While the disk fails it returns at once, so that the writer keeps
    /// probing even if nobody waits. Returns false once the queue is completed and empty.
    /// </summary>
    public async ValueTask<bool> WaitAsync()
    {
        while (true)
        {
            Task waiting;
            lock (_lock)
            {
                if (_pending.Count > 0)
                    return true;

                if (_isCompleted)
                    return false;

                if (FailingSince is not null || _isProbed)
                    return true;

                _consumer ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = _consumer.Task;
            }

            await waiting;
        }
    }

    /// <summary>Takes everything pending, in order of acceptance. It still counts against the bound until <see cref="Settle"/>.</summary>
    public List<PendingCommit> Take()
    {
        lock (_lock)
        {
            List<PendingCommit> taken = [.. _pending];
            _pending.Clear();
            _isProbed = false;
            return taken;
        }
    }

    /// <summary>Asks the writer to find out whether the store takes writes, even if no commit is pending.</summary>
    public void Probe()
    {
        lock (_lock)
        {
            _isProbed = true;
            _consumer?.TrySetResult();
            _consumer = null;
        }
    }

    /// <summary>
    /// Puts commits that could not be stored back to the front, except those given up meanwhile. Commits in doubt all stay until the doubt
    /// is resolved: a caller that gave up must not be told that its commit was not stored.
    /// </summary>
    public void PutBack(List<PendingCommit> commits, bool isInDoubt = false)
    {
        lock (_lock)
        {
            for (var i = commits.Count - 1; i >= 0; i--)
            {
                commits[i].IsRepeated |= isInDoubt;
                if (commits[i].IsGivenUp && !isInDoubt)
                {
                    Subtract_NeedsLock(commits[i]);
                    commits[i].Withdraw();
                }
                else
                {
                    _pending.AddFirst(commits[i]);
                }
            }

            Admit_NeedsLock();
        }
    }

    /// <summary>Frees the place of taken commits that are done.</summary>
    public void Settle(List<PendingCommit> commits)
    {
        lock (_lock)
        {
            foreach (var commit in commits)
                Subtract_NeedsLock(commit);

            Admit_NeedsLock();
        }
    }

    /// <summary>Accepts no more commits; pending ones will still be taken.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isCompleted = true;
            foreach (var (_, accepted) in _heldBack)
                accepted.TrySetException(new LogClosedException());

            _heldBack.Clear();
            _consumer?.TrySetResult();
        }
    }

    private async Task WaitAsync(
        LinkedListNode<(PendingCommit Commit, TaskCompletionSource Accepted)> held, CancellationToken cancellationToken)
    {
        try
        {
            await held.Value.Accepted.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            lock (_lock)
            {
                if (held.List is not null)
                {
                    _heldBack.Remove(held);
                    Admit_NeedsLock();
                    throw;
                }
            }

            // The commit was accepted at the last moment and the caller must know; or refused, because the queue was completed.
            await held.Value.Accepted.Task;
        }
    }

    private bool HasRoomFor_NeedsLock(PendingCommit commit) =>
        _events == 0
        || (_events + commit.Events.Count <= options.Value.MaxPendingEvents && _bytes + commit.Weight <= options.Value.MaxPendingBytes);

    private void Accept_NeedsLock(PendingCommit commit)
    {
        _pending.AddLast(commit);
        _events += commit.Events.Count;
        _bytes += commit.Weight;
        _consumer?.TrySetResult();
        _consumer = null;
    }

    private void Subtract_NeedsLock(PendingCommit commit)
    {
        _events -= commit.Events.Count;
        _bytes -= commit.Weight;
    }

    private void Admit_NeedsLock()
    {
        while (_heldBack.First is { } next && HasRoomFor_NeedsLock(next.Value.Commit))
        {
            _heldBack.RemoveFirst();
            Accept_NeedsLock(next.Value.Commit);
            next.Value.Accepted.TrySetResult();
        }
    }
}
