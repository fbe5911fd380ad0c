using Microsoft.Extensions.Options;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage;

public sealed class CommitQueueTests
{
    private const int MostEvents = 16;
    private const int MostBytes = 65_536;

    private readonly CommitQueue _queue = new(
        Options.Create(new StorageOptions { MaxPendingEvents = MostEvents, MaxPendingBytes = MostBytes }));

    [Fact]
    public async Task Bound_By_Count_Holds_Back_Until_What_Was_Taken_Is_Settled()
    {
        Fill(MostEvents);
        var held = Enqueue(Commit());

        var taken = _queue.Take();
        Assert.False(held.IsCompleted, "What is being written still takes its place.");
        _queue.Settle(taken);

        await held.InTime();
        Assert.Equal(1, _queue.PendingEvents);
    }

    [Fact]
    public async Task Bound_By_Bytes_Holds_Back_Long_Before_The_Bound_By_Count()
    {
        await Enqueue(Commit(bytes: 40_000));
        var held = Enqueue(Commit(bytes: 40_000));
        Assert.False(held.IsCompleted);

        _queue.Settle(_queue.Take());

        await held.InTime();
    }

    [Fact]
    public async Task Commit_Larger_Than_The_Bounds_Is_Accepted_Alone()
    {
        var large = Enqueue(Commit(bytes: 10 * MostBytes));
        var next = Enqueue(Commit());

        Assert.Equal((true, false), (large.IsCompletedSuccessfully, next.IsCompleted));
        _queue.Settle(_queue.Take());
        await next.InTime();
    }

    [Fact]
    public async Task Those_Held_Back_Go_On_In_The_Order_In_Which_They_Came_And_Nobody_Overtakes()
    {
        Fill(MostEvents);
        var commits = Enumerable.Range(0, 40).Select(i => Commit(events: 1 + (i % 5))).ToList();
        var held = commits.ConvertAll(Enqueue);
        Assert.All(held, one => Assert.False(one.IsCompleted));
        _queue.Settle(_queue.Take());

        var taken = new List<PendingCommit>();
        while (taken.Count < commits.Count)
        {
            Assert.InRange(_queue.PendingEvents, 1, MostEvents);
            var next = _queue.Take();
            taken.AddRange(next);
            _queue.Settle(next);
        }

        Assert.Equal(commits, taken);
        await Task.WhenAll(held).InTime();
    }

    [Fact]
    public async Task Cancelled_While_Held_Back_Is_Not_Stored_And_Makes_Room_For_Those_Behind_It()
    {
        Fill(MostEvents - 1);
        using var patience = new CancellationTokenSource();
        var large = Commit(events: 4);
        var cancelled = _queue.EnqueueAsync(large, patience.Token).AsTask();
        var behind = Enqueue(Commit());
        Assert.Equal((false, false), (cancelled.IsCompleted, behind.IsCompleted));

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.InTime());
        await behind.InTime();
        Assert.DoesNotContain(large, _queue.Take());
    }

    [Fact]
    public async Task Cancellation_In_The_Moment_Of_Acceptance_Neither_Loses_Nor_Repeats_A_Commit()
    {
        for (var i = 0; i < 500; i++)
        {
            Fill(MostEvents);
            using var patience = new CancellationTokenSource();
            var commit = Commit();
            var enqueuing = _queue.EnqueueAsync(commit, patience.Token).AsTask();
            var taken = _queue.Take();
            var settling = Task.Run(() => _queue.Settle(taken), TestContext.Current.CancellationToken);
            await patience.CancelAsync();
            await settling;

            var isAccepted = await enqueuing.ContinueWith(task => task.IsCompletedSuccessfully, TaskScheduler.Default).InTime();

            var rest = _queue.Take();
            Assert.Equal(isAccepted ? 1 : 0, rest.Count(one => one == commit));
            _queue.Settle(rest);
            Assert.Equal(0, _queue.PendingEvents);
        }
    }

    [Fact]
    public async Task Withdrawn_Commit_Makes_Room_Also_After_It_Was_Put_Back()
    {
        var commits = Fill(MostEvents);
        var held = Enqueue(Commit());

        Assert.True(_queue.TryWithdraw(commits[3]));
        await held.InTime();

        var taken = _queue.Take();
        Assert.Equal(MostEvents, taken.Count);
        _queue.PutBack(taken);
        Assert.True(_queue.TryWithdraw(commits[4]));
        Assert.Equal(taken.Except([commits[4]]), _queue.Take());
    }

    [Fact]
    public async Task What_Was_Put_Back_Comes_Before_What_Was_Accepted_Meanwhile()
    {
        var first = Fill(3);
        var taken = _queue.Take();
        var later = Commit();
        await Enqueue(later);

        _queue.PutBack(taken);

        Assert.Equal([.. first, later], _queue.Take());
    }

    [Fact]
    public async Task Commit_That_Was_Given_Up_While_It_Was_Written_Is_Not_Tried_Again_If_That_Fails()
    {
        var commits = Fill(MostEvents);
        var held = Enqueue(Commit());
        var taken = _queue.Take();
        Assert.False(_queue.TryWithdraw(commits[3]));

        _queue.PutBack(taken);

        Assert.True(commits[3].Committed.IsCanceled);
        await held.InTime();
        Assert.DoesNotContain(commits[3], _queue.Take());
    }

    [Fact]
    public async Task Closed_Queue_Accepts_Nothing_More_And_Gives_Out_What_It_Has()
    {
        var commits = Fill(MostEvents);
        var held = Enqueue(Commit());

        _queue.Complete();

        await Assert.ThrowsAsync<LogClosedException>(() => held.InTime());
        Assert.Throws<LogClosedException>(() => { _ = Enqueue(Commit()); });
        Assert.True(await _queue.WaitAsync());
        Assert.Equal(commits, _queue.Take());
        Assert.False(await _queue.WaitAsync());
    }

    [Fact]
    public async Task Cancellation_In_The_Moment_Of_Closing_Is_Not_Taken_For_An_Acceptance()
    {
        for (var i = 0; i < 500; i++)
        {
            var queue = new CommitQueue(Options.Create(new StorageOptions { MaxPendingEvents = 16 }));
            await queue.EnqueueAsync(Commit(events: 16), CancellationToken.None);
            using var patience = new CancellationTokenSource();
            var enqueuing = queue.EnqueueAsync(Commit(), patience.Token).AsTask();

            queue.Complete();
            await patience.CancelAsync();

            await Assert.ThrowsAnyAsync<Exception>(() => enqueuing.InTime());
        }
    }

    private List<PendingCommit> Fill(int count)
    {
        var commits = Enumerable.Range(0, count).Select(_ => Commit()).ToList();
        Assert.All(commits, commit => Assert.True(Enqueue(commit).IsCompletedSuccessfully));
        return commits;
    }

    private Task Enqueue(PendingCommit commit) => _queue.EnqueueAsync(commit, TestContext.Current.CancellationToken).AsTask();

    // The queue never uses the room.
    private static PendingCommit Commit(int events = 1, int bytes = 10) =>
        new(null!, 0, [.. Enumerable.Range(0, events).Select(_ => LogUnderTest.Chunk(new string('x', bytes)))], [], Durability.Process);
}
