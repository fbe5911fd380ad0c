namespace Swarms.Hub.Rooms;

public sealed class RoomSignalTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Set_Before_The_Wait_Ends_The_Next_Wait_And_Only_That()
    {
        var signal = new RoomSignal();
        signal.Set();
        signal.Set();

        await signal.WaitAsync();
        var next = signal.WaitAsync().AsTask();
        Assert.False(next.IsCompleted);

        signal.Set();
        await next.WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Reset_Forgets_A_Set_That_Nobody_Waited_For()
    {
        var signal = new RoomSignal();
        signal.Set();
        signal.Reset();

        var wait = signal.WaitAsync().AsTask();
        Assert.False(wait.IsCompleted);

        signal.Set();
        await wait.WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Viewer_That_Looks_Between_Waits_Misses_Nothing_However_Sets_And_Waits_Meet()
    {
        const long Last = 200_000;
        var signal = new RoomSignal();
        var head = 0L;
        var writing = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (Interlocked.Increment(ref head) < Last)
                signal.Set();
            signal.Set();
        }, TestContext.Current.CancellationToken)));

        await Task.Run(async () =>
        {
            while (true)
            {
                signal.Reset();
                if (Volatile.Read(ref head) >= Last)
                    return;

                await signal.WaitAsync();
            }
        }, TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);

        await writing;
        Assert.True(head >= Last);
    }
}
