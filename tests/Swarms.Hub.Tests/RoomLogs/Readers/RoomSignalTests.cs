namespace Swarms.Hub.RoomLogs;

public sealed class RoomSignalTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Set_Before_The_Wait_Ends_The_Next_Wait_And_Only_That()
    {
        var signal = new RoomSignal();
        signal.Set();
        signal.Set();

        await signal.WaitAsync().AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken);
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

    [Fact]
    public async Task Set_That_Meets_A_Viewer_Which_Begins_To_Wait_Wakes_It()
    {
        var race = new Race();
        await Task.WhenAll(OnItsOwnThread(race.Write), OnItsOwnThread(race.View));

        static Task OnItsOwnThread(Action work) =>
            Task.Factory.StartNew(work, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// Sets the signal once in each round and starts the next round only when it was seen, so that a later set cannot hide a lost one. Each
    /// side is late by another time in each round, so that the viewer begins to wait at every point of a set.
    /// </summary>
    private sealed class Race
    {
        private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.5);
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private readonly RoomSignal _signal = new();
        private long _told;
        private long _seen;

        public void Write()
        {
            var began = TimeProvider.System.GetTimestamp();
            var round = 0L;
            while (TimeProvider.System.GetElapsedTime(began) < Length)
            {
                Tell(++round);
                Assert.True(IsSoon(() => Volatile.Read(ref _seen) == round), $"The set of round {round} was lost.");
            }

            Tell(long.MaxValue);
        }

        public void View()
        {
            for (var round = 1L; Volatile.Read(ref _told) != long.MaxValue; round++)
            {
                while (true)
                {
                    _signal.Reset();
                    if (Volatile.Read(ref _told) >= round)
                        break;

                    BeLate(round % 211);
                    var wait = _signal.WaitAsync().AsTask();
                    Assert.True(IsSoon(() => wait.IsCompleted), $"The viewer was not woken in round {round}.");
                }

                Volatile.Write(ref _seen, round);
            }
        }

        private void Tell(long round)
        {
            BeLate(round % 67);
            Volatile.Write(ref _told, round);
            if (_signal.TrySet())
                _signal.Resume();
        }

        // The first checks spin, because a check that is a microsecond late misses the race.
        private static bool IsSoon(Func<bool> isIt)
        {
            for (var i = 0; i < 5_000; i++)
            {
                if (isIt())
                    return true;
            }

            return SpinWait.SpinUntil(isIt, Patience);
        }

        private void BeLate(long steps)
        {
            for (var i = 0; i < steps; i++)
                _ = Volatile.Read(ref _seen);
        }
    }
}
