using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Specifications;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>The network between the writer and the server, and who owns the database.</summary>
public sealed class PostgreSqlLogWriterTests(OwnPostgreSql own) : IClassFixture<OwnPostgreSql>
{
    private const string Chunks = "INSERT INTO events";
    // A transaction begins with READ COMMITTED, so the text has its end.
    private const string Commit = "COMMIT\0";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chunks_Whose_Answer_Is_Lost_On_The_Way_Are_Stored_Once()
    {
        await using var store = await OpenAsync();
        var room = await store.CreateRoomAsync();
        var commits = new List<PendingCommit> { room.Say("before") };
        await store.StoreAsync(commits[0]);
        await using var relay = await ThroughRelayAsync(store, room);
        commits.Add(room.Say("warm"));
        await store.StoreAsync(commits[1]);
        var lost = room.Say("once", "upon");

        relay.LoseAnswerTo(Chunks);
        Assert.True((await store.FailAsync(lost)).IsInDoubt);
        await store.StoreAsync(lost, room.Say("a time"));

        Assert.Equal(1, relay.Lost);
        Assert.Equal(5, await lost.Committed);
        Assert.Equal(6, room.Log.Head);
        Assert.Equal(6, (await store.ReadAllAsync(room.Log.Key)).Count);
    }

    [Fact]
    public async Task Member_Whose_Commit_Lost_Its_Answer_Is_Added_Once()
    {
        await using var store = await OpenAsync();
        var room = await store.CreateRoomAsync();
        await using var relay = await ThroughRelayAsync(store, room);
        var joining = room.Join("ann");

        relay.LoseAnswerTo(Commit);
        var failure = await store.FailAsync(joining);
        Assert.True(failure.IsInDoubt, $"{failure}");
        await store.StoreAsync(joining);

        Assert.Equal(1, relay.Lost);
        Assert.Equal(2, await joining.Committed);
        await store.HoldsAsync(room, joining);
    }

    [Fact]
    public async Task Statement_That_The_Server_Never_Got_Is_Not_In_Doubt_And_Is_Stored_Later()
    {
        await using var store = await OpenAsync();
        var room = await store.CreateRoomAsync();
        var commit = room.Join("ann");
        using (store.Fixture.Break())
            Assert.False((await store.FailAsync(commit)).IsInDoubt);

        await store.StoreAsync(commit);

        await store.HoldsAsync(room, commit);
    }

    [Fact]
    public async Task Server_That_Was_Started_Anew_Takes_The_Next_Commit_After_One_Failure()
    {
        await using var store = await OpenAsync();
        var room = await store.CreateRoomAsync();
        var commits = new List<PendingCommit> { room.Say("before"), room.Say("after") };
        await store.StoreAsync(commits[0]);
        await ((PostgreSqlStoreFixture)store.Fixture).Server.RestartAsync(isCrash: false);

        await store.FailAsync(commits[1]);
        await store.StoreAsync(commits[1]);

        await store.HoldsAsync(room, commits);
    }

    [Fact]
    public async Task Fail_Over_That_Loses_Commits_Loads_Those_Rooms_Anew_Though_Nobody_Writes_There()
    {
        await using var store = await OpenAsync();
        var fixture = (PostgreSqlStoreFixture)store.Fixture;
        var (ahead, same) = (await store.CreateRoomAsync(), await store.CreateRoomAsync());
        await using var relay = await ThroughRelayAsync(store, ahead, same);
        await using var standby = await PostgreSqlServer.StartNewAsync();
        await standby.TakeAsync(fixture.Server, fixture.Database);
        var lost = ahead.Say("lost in the fail-over");
        await store.StoreAsync(lost);

        relay.LeadTo(standby.Port);
        await store.FailAsync();
        var stored = await store.StoreAsync();

        Assert.Same(ahead.Log, Assert.Single(stored.Diverged));
        var late = ahead.Say("for the past that was");
        await store.StoreAsync(late, same.Say("goes on"));
        Assert.Equal(
            ErrorCodes.StorageUnavailable, (await Assert.ThrowsAsync<HubErrorException>(() => late.Committed)).Code);
        await store.ReloadAsync(ahead);
        await store.StoreAsync(ahead.Say("goes on"));
        Assert.Equal((2, 2), (ahead.Log.Head, same.Log.Head));
    }

    [Fact]
    public async Task Half_A_Character_And_A_Nul_Are_Stored_In_Every_Text_And_Asked_For_By_Any_Id()
    {
        await using var store = await OpenAsync();
        var room = await store.CreateRoomAsync();
        await store.StoreAsync(room.Join("ann", MemberRoles.Host), room.Queue("run", "half \ud83e\0"));
        var ending = room.End("run", "cut in \ud83e", "half \ud83e\0");

        await store.StoreAsync(ending, room.Commit([], room.Rename("a\0b\udd8a", by: "ann")));

        Assert.Equal(4, await ending.Committed);
        Assert.Equal("cut in \ufffd", (await store.Rooms.FindRunAsync(room.Id, "run", CancellationToken))!.Text);
        Assert.Equal("a\0b\ufffd", (await store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Room.Name);
        Assert.Null(await store.Rooms.FindRunAsync("\0\ud83e", "\0", CancellationToken));
        Assert.Null(await store.Rooms.FindRunKeyAsync("\0", "\ud83e", CancellationToken));
        Assert.Null(await store.Rooms.FindLaneAsync("\0", CancellationToken));
        while (store.Writer.IsSearchBehind)
            await store.Writer.FillSearchAsync();
    }

    [Fact]
    public async Task Second_Hub_Is_Refused_And_The_First_Notices_Nothing()
    {
        await using var store = await OpenAsync();
        var room = await store.CreateRoomAsync();
        using var second = Second(store);

        var refusal = Assert.Throws<StorageUnusableException>(second.Claim);

        Assert.Contains("another hub is running on the database", refusal.Message, StringComparison.Ordinal);
        Leaks.Refuse(refusal.Message);
        var commit = room.Say("goes on");
        await store.StoreAsync(commit);
        await store.HoldsAsync(room, commit);
    }

    [Fact]
    public async Task Hub_Whose_Database_Was_Taken_Over_Writes_And_Reads_Nothing_Any_More()
    {
        await using var store = await OpenAsync();
        var fixture = (PostgreSqlStoreFixture)store.Fixture;
        var room = await store.CreateRoomAsync();
        using (var second = Second(store))
        {
            var claiming = Task.Run(second.Claim, CancellationToken);
            await fixture.Server.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{fixture.Database}' "
                + "AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)");
            await claiming;
            second.Open();
            await store.FailAsync(room.Say("of the former owner"));
            await store.FailAsync(room.Say("of the former owner"));
        }

        await store.FailAsync(room.Say("of the former owner"));
        await store.FailAsync(room.Join("ann"));
        var refusal = await Assert.ThrowsAsync<HubErrorException>(() => store.Rooms.LoadAsync(room.Id, CancellationToken));
        Assert.Equal(ErrorCodes.StorageUnavailable, refusal.Code);
    }

    private async Task<StoreUnderTest> OpenAsync() =>
        await StoreUnderTest.OpenAsync(await PostgreSqlStoreFixture.CreateAsync(own, StorageDurability.Endings));

    // The same database through a relay, with the rooms in memory.
    private static async Task<LosingRelay> ThroughRelayAsync(StoreUnderTest store, params RoomUnderTest[] rooms)
    {
        var fixture = (PostgreSqlStoreFixture)store.Fixture;
        var relay = new LosingRelay(fixture.Server.Port);
        fixture.Port = relay.Port;
        await store.RestartAsync();
        foreach (var room in rooms)
            await store.ReopenAsync(room);

        return relay;
    }

    private static PostgreSqlDatabase Second(StoreUnderTest store) => new(
        Options.Create(new StorageOptions
        {
            Provider = StorageProvider.PostgreSql,
            ConnectionString = store.Fixture.Settings["Storage:ConnectionString"]!,
            Path = store.Fixture.Settings["Storage:Path"]!,
        }),
        NullLogger<PostgreSqlDatabase>.Instance);
}
