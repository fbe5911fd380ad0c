using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Specifications;

/// <content>Lost answers: a transaction is stored, and its answer is lost, as in a fail-over. It is stored once and not twice.</content>
public abstract partial class StoreSpecification
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Commits_Whose_Answers_Were_Lost_Are_Stored_Once_And_In_Order(int times)
    {
        var room = await _store.CreateRoomAsync();
        var commits = new List<PendingCommit>();
        for (var i = 0; i < times; i++)
        {
            commits.AddRange([room.Say($"{i}", "!"), room.Join($"member-{i}")]);
            await _store.LoseAnswerAsync(commits);
        }

        commits.Add(room.Say("last"));
        var stored = await _store.StoreAsync(commits);

        Assert.Equal(commits, stored.Rooms.SelectMany(one => one.Accepted).Select(one => one.Commit));
        await _store.HoldsAsync(room, commits);
        Assert.Equal(times, (await LoadMembersAsync(room)).Count);
    }

    [Fact]
    public async Task Commits_Whose_Answer_Was_Lost_Are_Published_As_If_It_Had_Come()
    {
        var room = await _store.CreateRoomAsync();
        PendingCommit[] commits = [room.Say("a", "b"), room.Say("c")];
        await _store.LoseAnswerAsync(commits);
        Assert.Equal(1, room.Log.Head);

        var stored = await _store.StoreAsync(commits);

        Assert.Equal((3, 4), (await commits[0].Committed, await commits[1].Committed));
        Assert.Equal(3, stored.Events);
        Assert.Equal(room.ChainOf([.. room.Created.Events, .. commits.SelectMany(one => one.Events)]).Last(), room.Log.Position);
    }

    [Fact]
    public async Task Lost_Answer_Is_Found_For_Each_Room_Of_The_Transaction()
    {
        var (one, two, third) = (await _store.CreateRoomAsync(), await _store.CreateRoomAsync(), await _store.CreateRoomAsync());
        var (first, second, created) = (one.Say("one"), two.Say("two"), _store.NewRoom());
        await _store.LoseAnswerAsync(first, second, created.Created);
        var (later, beside) = (two.Say("later"), third.Say("beside"));

        await _store.StoreAsync(first, second, created.Created, later, beside);

        await _store.HoldsAsync(one, first);
        await _store.HoldsAsync(two, second, later);
        await _store.HoldsAsync(third, beside);
        await _store.HoldsAsync(created);
    }

    [Fact]
    public async Task Room_Whose_Deletion_Lost_Its_Answer_Is_Deleted_Once()
    {
        var room = await _store.CreateRoomAsync();
        var deleting = room.Commit([Message("bye")], new RoomChange.DeleteRoom(DateTimeOffset.UnixEpoch));
        await _store.LoseAnswerAsync(deleting);
        var late = room.Say("late");

        await _store.StoreAsync(deleting, late);

        Assert.Equal(2, await deleting.Committed);
        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(late));
        Assert.Null(await _store.Rooms.LoadAsync(room.Id, CancellationToken));
    }

    [Fact]
    public async Task Invite_Whose_Answer_Was_Lost_Is_Made_Once_And_Taken_Back_Once()
    {
        var room = await _store.CreateRoomAsync();
        var adding = Invite(room, "invite", 1);
        await _store.LoseAnswerAsync(adding);
        await _store.StoreAsync(adding);
        Assert.Equal(1, await adding.Committed);
        Assert.NotNull(await _store.Access.FindInviteAsync([1], CancellationToken));

        var (deleting, again) = (TakeBack(room), TakeBack(room));
        await _store.LoseAnswerAsync(deleting);
        await _store.StoreAsync(deleting, again);

        Assert.Equal(1, await deleting.Committed);
        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(again));
        Assert.Null(await _store.Access.FindInviteAsync([1], CancellationToken));
    }

    [Fact]
    public async Task Key_And_Use_Of_A_Commit_Whose_Answer_Was_Lost_Are_Not_Taken_For_Those_Of_Another()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Invite(room, "invite", 1, maxUses: 1));
        var joining = Use(room, "ann");
        var starting = room.Queue("run", more: new RunChange.BindKey("run", "ann", "key", [3]));
        await _store.LoseAnswerAsync(joining, starting);

        await _store.StoreAsync(joining, starting);

        Assert.Equal((2, 3), (await joining.Committed, await starting.Committed));
        Assert.Equal("run", (await _store.Rooms.FindRunKeyAsync("ann", "key", CancellationToken))!.Value.RunId);
    }

    [Fact]
    public async Task Refusal_Whose_Answer_Was_Lost_Is_Refused_Again()
    {
        var room = await _store.CreateRoomAsync();
        PendingCommit[] commits = [room.Say("first"), Refused(room), room.Say("last")];
        await _store.LoseAnswerAsync(commits);

        await _store.StoreAsync(commits);

        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(commits[1]));
        await _store.HoldsAsync(room, commits[0], commits[2]);
    }

    [Fact]
    public async Task Commit_That_Was_Given_Up_After_Its_Answer_Was_Lost_Is_Accepted_Because_It_Is_Stored()
    {
        var room = await _store.CreateRoomAsync();
        var (lost, never) = (room.Say("stored"), room.Say("never stored"));
        await _store.LoseAnswerAsync(lost);
        lost.IsGivenUp = never.IsGivenUp = true;

        await _store.StoreAsync(lost, never);

        Assert.Equal(2, await lost.Committed);
        Assert.True(never.Committed.IsCanceled);
        await _store.HoldsAsync(room, lost);
    }

    [Fact]
    public async Task Lost_Answer_Is_Found_Though_The_Store_Failed_After_It()
    {
        var room = await _store.CreateRoomAsync();
        var commits = new List<PendingCommit> { room.Say("lost") };
        await _store.LoseAnswerAsync(commits);
        commits.Add(room.Say("failed"));
        using (_store.Fixture.Break())
            await _store.FailAsync(commits);

        commits.Add(room.Say("last"));
        await _store.StoreAsync(commits);

        await _store.HoldsAsync(room, commits);
    }

    [Fact]
    public async Task Commit_That_Failed_Behind_A_Lost_One_Is_Not_Taken_For_Stored()
    {
        var room = await _store.CreateRoomAsync();
        var commits = new List<PendingCommit> { room.Say("lost", "one") };
        await _store.LoseAnswerAsync(commits);
        commits.Add(room.Say("failed"));
        await _store.FailAtCommitAsync(commits);
        commits.Add(room.Say("last"));

        await _store.StoreAsync(commits);

        await StandAtAsync(commits, 3, 4, 5);
        await _store.HoldsAsync(room, commits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_Whose_Answer_Was_Lost_With_The_Process_Is_There_And_Its_Key_Finds_It(bool isCrash)
    {
        var room = await _store.CreateRoomAsync();
        var starting = room.Queue("run", more: new RunChange.BindKey("run", "ann", "key", [3]));
        await _store.LoseAnswerAsync(starting);

        await RestartAsync(isCrash);
        await _store.ReopenAsync(room);

        await _store.HoldsAsync(room, starting);
        Assert.Equal("run", (await _store.Rooms.FindRunKeyAsync("ann", "key", CancellationToken))!.Value.RunId);
        var again = room.Queue("another", more: new RunChange.BindKey("another", "ann", "key", [3]));
        await _store.StoreAsync(again);
        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(again));
    }
}
