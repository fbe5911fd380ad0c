using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class CallerContextTests : RoomClientTestBase
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => [.. PublicCalls.Names];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_That_A_Program_Waits_For_On_Its_Only_Thread_Ends(string call)
    {
        PublicCalls.AnswerAll(Hub);
        using var context = new SingleThreadContext();
        using var stop = new CancellationTokenSource();
        using var client = new HubClient(Hub.Address, Options);
        var room = client.OpenRoom("room1", "token1");

        var waiting = context.RunAsync(() =>
        {
            var task = PublicCalls.Invoke(call, client, room, stop.Token);
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            return task;
        });
        if (call.Contains(".Watch", StringComparison.Ordinal) || call.Contains("Open", StringComparison.Ordinal))
            (await Hub.NextViewerAsync()).Send(Snapshot(2)).Complete();

        // Opening never ends by itself: that the next connection is made shows that the first one was read.
        if (call.Contains("Open", StringComparison.Ordinal))
        {
            await Hub.NextViewerAsync();
            await stop.CancelAsync();
        }

        Assert.True((await waiting).IsCompleted, call);
    }

    [Fact]
    public async Task Disposal_That_A_Program_Waits_For_On_Its_Only_Thread_Ends()
    {
        using var context = new SingleThreadContext();
        var client = new HubClient(Hub.Address, Options);
        var watch = Watch(client.OpenRoom("room1", "token1"));
        await Hub.NextViewerAsync();

        await context.RunAsync(
            () => client.DisposeAsync().AsTask().ContinueWith(_ => true, TaskScheduler.Default).GetAwaiter().GetResult());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.Ended);
    }

    [Fact]
    public async Task Callbacks_Come_On_The_Context_On_Which_The_Room_Was_Opened()
    {
        using var context = new SingleThreadContext();
        using var stop = new CancellationTokenSource();
        var room = OpenRoom();
        var threads = new List<int>();
        var live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var opening = context.RunAsync(() => room.OpenAsync(stop.Token));
        // Added after the watch began, as a program may: nothing was called before.
        await context.RunAsync(() =>
        {
            room.Updated += (_, _) => threads.Add(Environment.CurrentManagedThreadId);
            room.EventReceived += (_, roomEvent) =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                if (roomEvent.Sequence == 9)
                    live.SetResult();
            };
            return true;
        });

        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 5), Saying(6, 9));
        await live.Task.InTime();

        Assert.Equal([context.ThreadId], threads.Distinct());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.Unwrap().InTime());
    }

    [Fact]
    public async Task Callbacks_Come_There_Also_Where_The_Loop_Itself_Does_Not_Want_To()
    {
        using var context = new SingleThreadContext();
        var room = OpenRoom();
        var threads = new List<int>();
        room.EventReceived += (_, _) => threads.Add(Environment.CurrentManagedThreadId);
        var watching = context.RunAsync(async () =>
        {
            await foreach (var update in room.WatchAsync(CancellationToken).ConfigureAwait(false))
            {
                if (update is EventsUpdate { Events: [.., { Sequence: 5 }] })
                    break;
            }
        });

        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 4), Saying(5, 5));
        await watching.Unwrap().InTime();

        Assert.Equal([context.ThreadId, context.ThreadId, context.ThreadId], threads);
    }

    [Fact]
    public async Task Callbacks_Come_On_The_Task_Scheduler_On_Which_The_Room_Was_Opened()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        using var stop = new CancellationTokenSource();
        var room = OpenRoom();
        var schedulers = new List<TaskScheduler>();
        var handed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        room.EventReceived += (_, _) =>
        {
            schedulers.Add(TaskScheduler.Current);
            handed.TrySetResult();
        };
        var opening = Task.Factory.StartNew(
            () => room.OpenAsync(stop.Token), CancellationToken, TaskCreationOptions.None, scheduler).Unwrap();

        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await handed.Task.InTime();

        Assert.Equal([scheduler], schedulers);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.InTime());
    }
}
