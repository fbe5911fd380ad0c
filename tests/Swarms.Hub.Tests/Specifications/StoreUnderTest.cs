using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Runs;
using Swarms.Hub.Search;
using Swarms.Hub.Storage;

namespace Swarms.Hub.Specifications;

/// <summary>
/// A store as the hub opens it, without the writer's loop. The test makes that loop's calls itself: it decides on the commits of a
/// transaction, on lost answers and on crashes.
/// </summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IHost? _host;
    private int _rooms;

    private StoreUnderTest(IStoreFixture fixture) => Fixture = fixture;

    public IStoreFixture Fixture { get; }

    public ILogWriter Writer => Get<ILogWriter>();

    public IRoomStore Rooms => Get<IRoomStore>();

    public IAccessStore Access => Get<IAccessStore>();

    public IAgentStore Agents => Get<IAgentStore>();

    public ISearchStore Search => Get<ISearchStore>();

    public ISpendingStore Spending => Get<ISpendingStore>();

    /// <summary>True if a power cut loses nothing, not even chunks.</summary>
    public bool IsSynced => Get<IOptions<StorageOptions>>().Value.IsSynced(Durability.Process);

    public static async Task<StoreUnderTest> OpenAsync(IStoreFixture fixture)
    {
        var store = new StoreUnderTest(fixture);
        await store.OpenAsync();
        return store;
    }

    /// <summary>Stops the store cleanly and starts it again.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Crashes as by <c>kill -9</c>, or as by a fail-over to a server that has every commit.</summary>
    public async Task CrashAsync()
    {
        await Fixture.CrashAsync();
        await RestartAsync();
    }

    /// <summary>Cuts the power, which loses everything that was not synced. Skips the test if the fixture cannot do that.</summary>
    public async Task CutPowerAsync()
    {
        Assert.SkipUnless(await Fixture.TryCutPowerAsync(), "Nobody can cut the power of this store.");
        await RestartAsync();
    }

    /// <summary>Continues from an older copy, like from a server that lacks the last commits.</summary>
    public async Task RestoreAsync(string copy)
    {
        await CloseAsync();
        await Fixture.RestoreAsync(copy);
        await OpenAsync();
    }

    /// <summary>Creates a room that is not stored yet.</summary>
    public RoomUnderTest NewRoom(string? id = null)
    {
        var room = new Room { Id = id ?? $"room-{++_rooms:D4}", Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch };
        return new RoomUnderTest(Get<RoomRegistry>().Create(room).Log, room);
    }

    public async Task<RoomUnderTest> CreateRoomAsync()
    {
        var room = NewRoom();
        await StoreAsync(room.Created);
        return room;
    }

    /// <summary>Loads the room into memory, as for the first caller after a start.</summary>
    public async Task ReopenAsync(RoomUnderTest room) => room.Log = (await Get<RoomRegistry>().OpenAsync(room.Id, None)).Log;

    /// <summary>Reloads the room in memory from the store, as after another program wrote there.</summary>
    public async Task ReloadAsync(RoomUnderTest room) => room.Log.Restart((await Rooms.LoadAsync(room.Id, None))!);

    /// <summary>Stores the commits in one transaction, publishes them and completes them, as the hub's loop does.</summary>
    public async Task<StoredCommits> StoreAsync(params IReadOnlyList<PendingCommit> commits)
    {
        var stored = await Writer.StoreAsync(commits);
        foreach (var room in stored.Rooms)
            room.Publish();

        foreach (var log in stored.Diverged)
            log.Distrust();

        var accepted = stored.Rooms.SelectMany(room => room.Accepted).ToList();
        foreach (var (commit, lastSequence) in accepted)
            commit.Complete(lastSequence);

        foreach (var (commit, refusal) in stored.Refused)
            commit.Fail(refusal);

        foreach (var commit in stored.Withdrawn)
            commit.Withdraw();

        // Each commit has exactly one answer, and no other commit has any.
        List<PendingCommit> answered =
            [.. accepted.Select(one => one.Commit), .. stored.Refused.Select(one => one.Commit), .. stored.Withdrawn];
        Assert.Equal(commits.Count, answered.Count);
        Assert.True(commits.ToHashSet().SetEquals(answered));
        return stored;
    }

    /// <summary>Stores the commits in one transaction, whose answer the loop never gets.</summary>
    public async Task LoseAnswerAsync(params IReadOnlyList<PendingCommit> commits)
    {
        await Writer.StoreAsync(commits);
        foreach (var commit in commits)
            commit.IsRepeated = true;
    }

    /// <summary>Requires that the store fails to take the commits.</summary>
    public async Task<StorageFailedException> FailAsync(params IReadOnlyList<PendingCommit> commits)
    {
        var failure = await Assert.ThrowsAsync<StorageFailedException>(async () => await Writer.StoreAsync(commits));
        foreach (var commit in commits)
            commit.IsRepeated |= failure.IsInDoubt;

        return failure;
    }

    /// <summary>Requires that the transaction of the commits begins, and fails at its commit.</summary>
    public async Task FailAtCommitAsync(params IReadOnlyList<PendingCommit> commits)
    {
        using var fault = Fixture.TryFailCommits();
        Assert.SkipWhen(fault is null, "Nobody can make the commits of this store fail.");
        await FailAsync(commits);
    }

    /// <summary>Reads every stored event of a room, page by page.</summary>
    public async Task<IReadOnlyList<CommittedEvent>> ReadAllAsync(long roomKey, int pageEvents = 100)
    {
        var read = new List<CommittedEvent>();
        while (await Rooms.ReadAsync(roomKey, read.Count, long.MaxValue, pageEvents, 4_194_304, None) is { } page)
        {
            Assert.Equal(read.Count + 1, page.FirstSequence);
            Assert.Equal(page.Position.ToString(), page.Cursor);
            read.AddRange(page.Events);
        }

        return read;
    }

    /// <summary>Requires that the room is its creation and these commits, with each event to the letter and each computed link.</summary>
    public async Task HoldsAsync(RoomUnderTest room, params IReadOnlyList<PendingCommit> commits)
    {
        PendingEvent[] events = [.. room.Created.Events, .. commits.SelectMany(commit => commit.Events)];
        var read = await ReadAllAsync(room.Log.Key);
        Assert.Equal(events.Select((e, i) => Text(e.ToRoomEvent(i + 1))), read.Select(e => JsonElement.Parse(e.Json.Span).GetRawText()));
        Assert.Equal(room.ChainOf(events), read.Select(e => e.Position));
        Assert.Equal(read[^1].Position, (await Rooms.LoadAsync(room.Id, None))!.Head);
        Assert.Equal(read[^1].Position, room.Log.Position);
    }

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);

    /// <summary>Returns the state as a snapshot shows it.</summary>
    public static string Text(RoomState state) => Text(state.ToSnapshot("", SnapshotReasons.First));

    public async Task CloseAsync()
    {
        if (_host is null)
            return;

        await Writer.CloseAsync();
        foreach (var step in Startups())
            await step.StoppedAsync(None);

        _host.Dispose();
        _host = null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Fixture.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Fixture.Settings);
        builder.Services.AddLogging().AddSingleton(TimeProvider.System);
        builder.Services.AddStorage().AddRoomLogs();
        _host = builder.Build();
        // Only the services that open the store are started, so the test alone calls the writer.
        Assert.False(Writer.Opened.IsCompleted);
        foreach (var startup in Startups())
            await startup.StartingAsync(None);

        foreach (var step in _host.Services.GetServices<IStartStep>())
            await step.RunAsync(None);

        Assert.True(Writer.Opened.IsCompletedSuccessfully);
    }

    private IEnumerable<IHostedLifecycleService> Startups() => _host!.Services.GetServices<IStartStep>().OfType<IHostedLifecycleService>();

    private T Get<T>() where T : notnull => _host!.Services.GetRequiredService<T>();
}
