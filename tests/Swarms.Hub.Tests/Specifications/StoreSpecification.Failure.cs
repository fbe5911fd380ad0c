using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Failure: a store that takes nothing, and its state afterwards.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Commits_That_Failed_Are_Stored_Once_And_In_Order_When_They_Are_Given_Again()
    {
        var room = await _store.CreateRoomAsync();
        var commits = new List<PendingCommit> { room.Say("first"), room.Join("ann"), room.Say("third") };
        using (_store.Fixture.Break())
        {
            await _store.FailAsync(commits);
            commits.Add(room.Say("came meanwhile"));
            await _store.FailAsync(commits);
        }

        await _store.StoreAsync(commits);

        await StandAtAsync(commits, 2, 3, 4, 5);
        await _store.HoldsAsync(room, commits);
    }

    [Fact]
    public async Task Transaction_That_Failed_At_Its_Commit_Is_Stored_Once_When_It_Is_Given_Again()
    {
        var (room, created) = (await _store.CreateRoomAsync(), _store.NewRoom());
        var commits = new List<PendingCommit> { room.Say("first"), room.Join("ann"), created.Created };
        await _store.FailAtCommitAsync(commits);
        await _store.FailAtCommitAsync(commits);
        commits.Add(room.Say("came meanwhile"));

        await _store.StoreAsync(commits);

        await StandAtAsync(commits, 2, 3, 1, 4);
        await _store.HoldsAsync(room, commits[0], commits[1], commits[3]);
        await _store.HoldsAsync(created);
    }

    [Fact]
    public async Task Refusal_Among_Commits_That_Failed_Stays_A_Refusal()
    {
        var room = await _store.CreateRoomAsync();
        var (first, refused, last) = (room.Say("first"), Refused(room), room.Say("last"));
        using (_store.Fixture.Break())
            await _store.FailAsync(first, refused, last);

        await _store.StoreAsync(first, refused, last);

        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(refused));
        await _store.HoldsAsync(room, first, last);
    }

    [Fact]
    public async Task Commit_That_Failed_And_Was_Given_Up_Leaves_No_Trace()
    {
        var room = await _store.CreateRoomAsync();
        var (givenUp, next) = (room.Say("given up"), room.Say("next"));
        using (_store.Fixture.Break())
            await _store.FailAsync(givenUp);

        givenUp.IsGivenUp = true;
        await _store.StoreAsync(givenUp, next);

        Assert.True(givenUp.Committed.IsCanceled);
        await _store.HoldsAsync(room, next);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_That_Failed_Is_Not_There_After_A_Restart_Unless_Its_Fate_Is_In_Doubt(bool isCrash)
    {
        var room = await _store.CreateRoomAsync();
        var stored = room.Say("stored");
        await _store.StoreAsync(stored);
        var failed = room.Say("failed");
        StorageFailedException failure;
        using (_store.Fixture.Break())
            failure = await _store.FailAsync(failed);

        await RestartAsync(isCrash);
        await _store.ReopenAsync(room);

        await _store.HoldsAsync(room, failure.IsInDoubt && room.Log.Head == 3 ? [stored, failed] : [stored]);
    }

    [Fact]
    public async Task Call_Without_Commits_Finds_Out_Whether_The_Store_Takes_Writes()
    {
        using (_store.Fixture.Break())
        {
            await _store.FailAsync();
            await _store.FailAsync();
        }

        await _store.StoreAsync();
    }

    [Fact]
    public async Task Call_Without_Commits_Really_Writes()
    {
        await _store.FailAtCommitAsync();

        await _store.StoreAsync();
    }

    [Fact]
    public async Task Transactions_That_Failed_Are_Not_Counted()
    {
        var room = await _store.CreateRoomAsync();
        var before = _store.Writer.Transactions;
        var commit = room.Say("word");
        using (_store.Fixture.Break())
            await _store.FailAsync(commit);

        Assert.Equal(before, _store.Writer.Transactions);
        await _store.StoreAsync(commit);
        Assert.Equal(before + 1, _store.Writer.Transactions);
    }

    [Fact]
    public async Task Every_Read_Of_A_Store_That_Is_Away_Is_Refused_As_Unavailable_And_Tells_Nothing_Of_It()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Queue("run"));
        var (rooms, access, key) = (_store.Rooms, _store.Access, room.Log.Key);
        Func<Task>[] reads =
        [
            () => rooms.LoadAsync(room.Id, CancellationToken),
            () => rooms.ReadAsync(key, 0, 10, 10, int.MaxValue, CancellationToken),
            () => rooms.FindLinkAsync(key, 1, CancellationToken),
            () => rooms.FindRunAsync(room.Id, "run", CancellationToken),
            () => rooms.FindDataKeyAsync(key, "run", CancellationToken),
            () => rooms.ListRunsAsync(room.Id, null, null, 10, CancellationToken),
            () => rooms.ReadPeopleAsync(key, 0, 10, 10, CancellationToken),
            () => rooms.FindNextRunAsync(key, 0, CancellationToken),
            () => rooms.FindRunKeyAsync("ann", "key", CancellationToken),
            () => rooms.FindRoomsWithOpenRunsAsync(CancellationToken),
            () => access.FindTokensAsync([1], null, CancellationToken),
            () => access.FindInviteAsync([1], CancellationToken),
            () => access.FindOperatorKeyAsync(CancellationToken),
        ];

        using (_store.Fixture.Break())
        {
            foreach (var read in reads)
            {
                var refusal = await Assert.ThrowsAsync<HubErrorException>(read);
                Assert.Equal((ErrorCodes.StorageUnavailable, TimeSpan.FromSeconds(5)), (refusal.Code, refusal.RetryAfter));
                Leaks.Refuse(refusal.Message);
            }
        }

        foreach (var read in reads)
            await read();
    }

    [Fact]
    public async Task Store_That_Is_Away_When_It_Is_Closed_Keeps_What_It_Stored()
    {
        var room = await _store.CreateRoomAsync();
        var commit = room.Say("stored");
        await _store.StoreAsync(commit);
        using (_store.Fixture.Break())
            await _store.CloseAsync();

        await _store.RestartAsync();

        await _store.HoldsAsync(room, commit);
    }
}
