using Swarms.Hub.Storage.Model;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.Sqlite;

public sealed class ReadThreadsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Reads_Run_On_No_Thread_Of_The_Pool_And_Their_Callers_Go_On_There()
    {
        using var threads = new ReadThreads("Test", 1);

        var (name, isOfPool) = await threads
            .RunAsync(() => Task.FromResult((Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread)), None)
            .InTime();

        Assert.Equal(("Test 1", false), (name, isOfPool));
        Assert.NotEqual("Test 1", Thread.CurrentThread.Name);
    }

    [Fact]
    public async Task Reads_Wait_For_Their_Turn_And_One_That_Is_Cancelled_Before_It_Does_Not_Begin()
    {
        using var threads = new ReadThreads("Test", 1);
        using var cancellation = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var hasBegun = false;
        var first = threads.RunAsync(
            async () =>
            {
                await gate.Task;
                return 1;
            },
            None);
        var second = threads.RunAsync(() => Task.FromResult(hasBegun = true), cancellation.Token);
        var third = threads.RunAsync(() => Task.FromResult(3), None);

        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => second.InTime());
        Assert.False(first.IsCompleted || third.IsCompleted);
        gate.SetResult();

        Assert.Equal(1, await first.InTime());
        Assert.Equal(3, await third.InTime());
        Assert.False(hasBegun);
    }

    [Fact]
    public async Task Failure_Is_The_Callers()
    {
        using var threads = new ReadThreads("Test", 1);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => threads.RunAsync<int>(() => throw new InvalidOperationException(), None).InTime());
        Assert.Equal(1, await threads.RunAsync(() => Task.FromResult(1), None).InTime());
    }
}
