using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Errors;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage;

public sealed class GroupCommitWriterTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_Is_Told_Of_A_Commit_Before_It_Can_Be_Seen()
    {
        await using var hub = await LogUnderTest.StartAsync(new FakeTimeProvider());
        using var first = await CreateRoomAsync(hub);
        using var second = await CreateRoomAsync(hub);
        await AppendAllAsync(hub, second, []);
        var isHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        PendingCommit? commit = null;
        var isTold = Task.Run(() => second.Log.Query(_ =>
        {
            // A query of a room's state delays the publication to that room, but not to the room before it in the same transaction.
            isHeld.SetResult();
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref commit) is not null && first.Log.Head == 2, TimeSpan.FromSeconds(30)));
            return commit!.Committed.IsCompleted;
        }), CancellationToken);
        await isHeld.Task.InTime();

        // Nothing can be stored meanwhile, so both commits share one transaction.
        using (hub.LockDatabase())
        {
            await AppendAsync(first, [LogUnderTest.Chunk("first")]);
            Volatile.Write(ref commit, await AppendAsync(second, [LogUnderTest.Chunk("second")]));
            await hub.DriveAsync(
                Task.Run(
                    () => Assert.True(SpinWait.SpinUntil(() => !first.Log.IsStorageAvailable, TimeSpan.FromSeconds(30))),
                    CancellationToken));
        }

        await hub.DriveAsync(isTold);

        Assert.False(await isTold);
        await hub.DriveAsync(commit.Committed);
    }

    [Fact]
    public async Task Failing_Commit_Is_Tried_Again_Until_It_Is_Stored_And_Refusals_Stay_Refusals()
    {
        await using var hub = await LogUnderTest.StartAsync(new FakeTimeProvider());
        using var room = await CreateRoomAsync(hub);
        var key = new RunChange.BindKey("run-1", "member", "key", [1]);
        await AppendAllAsync(hub, room, [], key);
        var away = hub.DatabasePath + ".away";
        File.Move(hub.DatabasePath, away);
        var first = await AppendAsync(room, [LogUnderTest.Chunk("first")]);
        var refused = await AppendAsync(room, [LogUnderTest.Chunk("refused")], key);
        await hub.DriveAsync(UntilAsync(() => hub.Queue.FailingSince is not null));
        var last = await AppendAsync(room, [LogUnderTest.Chunk("last")]);
        Assert.Equal(1, room.Log.Head);
        Assert.False(first.Committed.IsCompleted || refused.Committed.IsCompleted);

        File.Move(away, hub.DatabasePath);
        await hub.DriveAsync(last.Committed);

        Assert.Equal((2, 3), (await first.Committed, await last.Committed));
        await Assert.ThrowsAsync<HubErrorException>(() => refused.Committed);
        Assert.Null(hub.Queue.FailingSince);
    }

    [Fact]
    public async Task Nobody_Is_Told_Of_A_Commit_While_The_Disk_Still_Counts_As_Failing()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        PendingCommit? commit = null;
        bool? wasTold = null;
        using var log = new Listener(line =>
        {
            if (line.Contains("takes writes again", StringComparison.Ordinal))
                wasTold = commit!.Committed.IsCompleted;
        });
        hub.Get<ILoggerFactory>().AddProvider(log);
        var away = hub.DatabasePath + ".away";
        File.Move(hub.DatabasePath, away);
        commit = await AppendAsync(room, [LogUnderTest.Chunk("word")]);
        await UntilAsync(() => !room.Log.IsStorageAvailable).InTime();

        File.Move(away, hub.DatabasePath);
        await commit.Committed.InTime();

        Assert.False(wasTold);
        Assert.True(room.Log.IsStorageAvailable);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Commit_Whose_Answer_Was_Lost_Is_Stored_Once_And_In_Order(int lost)
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        hub.Writer.Lose(lost);

        var sequences = new List<long>();
        for (var i = 0; i < 10; i++)
        {
            var commit = await AppendAsync(room, [LogUnderTest.Chunk($"{i}"), LogUnderTest.Chunk("!")]);
            sequences.Add(await commit.Committed.InTime());
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(i => 1 + (2L * i)), sequences);
        Assert.Equal(21, (await room.Log.ReadStoreAsync(0, 100, 100, CancellationToken))!.Events.Count);
        Assert.Equal(21, room.Log.Head);
    }

    [Fact]
    public async Task Person_Who_Gives_Up_Where_The_Answer_Was_Lost_Is_Told_That_It_Was_Stored()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        using var patience = new CancellationTokenSource();
        hub.Writer.OnLost = _ => patience.Cancel();
        hub.Writer.Lose(1);

        Assert.Equal(2, await room.Log.AppendNowAsync([LogUnderTest.Chunk("stored")], patience.Token).InTime());
    }

    [Fact]
    public async Task Stopping_Stores_Everything_That_Was_Accepted()
    {
        // The tick is longer than the steps of the clock, so no tick ends before all commits are accepted.
        await using var hub = await LogUnderTest.StartAsync(new FakeTimeProvider(), null, ("Rooms:Tick", "00:00:01"));
        var room = await CreateRoomAsync(hub);
        await AppendAllAsync(hub, room, []);
        var commits = new List<PendingCommit>();
        for (var i = 0; i < 500; i++)
            commits.Add(await AppendAsync(room, [LogUnderTest.Chunk($"{i}")]));
        Assert.Equal(1, room.Log.Head);

        await hub.RestartAsync();

        Assert.Equal(501, await commits[^1].Committed.InTime());
        using var again = await hub.Rooms.OpenAsync(room.Log.Id, CancellationToken);
        Assert.Equal(501, again.Log.Head);
    }

    private static async Task<RoomLease> CreateRoomAsync(LogUnderTest hub)
    {
        var creating = hub.CreateRoomAsync();
        await hub.DriveAsync(creating);
        return await creating;
    }

    private static async Task AppendAllAsync(
        LogUnderTest hub, RoomLease room, IReadOnlyList<PendingEvent> events, params IReadOnlyList<RoomChange> changes) =>
        await hub.DriveAsync((await AppendAsync(room, events, changes)).Committed);

    private static async Task<PendingCommit> AppendAsync(
        RoomLease room, IReadOnlyList<PendingEvent> events, params IReadOnlyList<RoomChange> changes) =>
        await room.Log.AppendAsync(events, Durability.Process, CancellationToken, changes).InTime();

    private static Task UntilAsync(Func<bool> condition) => Until.TrueAsync(condition);

    private sealed class Listener(Action<string> listen) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            listen(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
