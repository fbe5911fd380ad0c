using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Specifications;

/// <content>Durability: commits and the loss of power. Skipped if the fixture cannot cut the power of the store.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Commit_For_Power_Survives_A_Power_Cut_With_All_That_Came_Before_It()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        var (mine, others) = (new List<PendingCommit>(), new List<PendingCommit>());
        for (var i = 0; i < 20; i++)
        {
            mine.Add(room.Say($"{i}", "word"));
            others.Add(other.Say($"{i}"));
            await _store.StoreAsync(mine[^1], others[^1]);
        }

        mine.Add(room.CommitForPower("ending", new TokenChange.Add("ann", [1], Noon)));
        await _store.StoreAsync(mine[^1]);
        await _store.CutPowerAsync();

        await _store.HoldsAsync(room, mine);
        await _store.HoldsAsync(other, others);
    }

    [Fact]
    public async Task Transaction_Survives_What_The_Most_Durable_Of_Its_Commits_Does()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        var (before, ending, after, beside) = (room.Say("before"), room.CommitForPower("ending"), room.Say("after"), other.Say("beside"));

        await _store.StoreAsync(before, ending, after, beside);
        await _store.CutPowerAsync();

        await _store.HoldsAsync(room, before, ending, after);
        await _store.HoldsAsync(other, beside);
    }

    [Fact]
    public async Task Power_Cut_Takes_Whole_Commits_From_The_End_And_Nothing_Where_Every_Commit_Is_Synced()
    {
        var room = await _store.CreateRoomAsync();
        var ending = room.CommitForPower("ending");
        await _store.StoreAsync(ending);
        var chunks = Enumerable.Range(0, 10).Select(i => room.Say($"{i}", "word")).ToList();
        foreach (var chunk in chunks)
            await _store.StoreAsync(chunk);

        await _store.CutPowerAsync();
        await _store.ReopenAsync(room);

        var left = (int)(room.Log.Head - 2);
        Assert.True(left % 2 == 0 && (left == 20 || !_store.IsSynced), $"{left} of 20 events are left.");
        await _store.HoldsAsync(room, [ending, .. chunks.Take(left / 2)]);
    }

    [Fact]
    public async Task Room_Goes_On_After_A_Power_Cut_From_What_Was_Left()
    {
        var room = await _store.CreateRoomAsync();
        var ending = room.CommitForPower("ending", room.Join("ann").Changes[0]);
        await _store.StoreAsync(ending);
        await _store.StoreAsync(room.Say("maybe lost"));
        await _store.CutPowerAsync();
        await _store.ReopenAsync(room);
        var left = room.Log.Head;

        var next = room.Say("next");
        await _store.StoreAsync(next);

        Assert.Equal(left + 1, await next.Committed);
        Assert.Equal(room.Log.Position, (await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.Head);
        Assert.Equal(MemberRoles.Participant, Assert.Single(await LoadMembersAsync(room)).Role);
    }

    [Fact]
    public async Task Everything_Survives_A_Power_Cut_Once_The_Store_Is_Closed()
    {
        var room = await _store.CreateRoomAsync();
        PendingCommit[] chunks = [room.Say("first"), room.Say("second")];
        foreach (var chunk in chunks)
            await _store.StoreAsync(chunk);

        await _store.CloseAsync();
        await _store.CutPowerAsync();

        await _store.HoldsAsync(room, chunks);
    }

    [Fact]
    public async Task Operators_Key_Survives_A_Power_Cut()
    {
        byte[] key = [1, 2, 3];
        await _store.Access.SaveOperatorKeyAsync(key, CancellationToken);

        await _store.CutPowerAsync();

        Assert.Equal(key, (await _store.Access.FindOperatorKeyAsync(CancellationToken))!);
    }

    [Fact]
    public async Task Every_Commit_Survives_The_Death_Of_The_Process()
    {
        var room = await _store.CreateRoomAsync();
        var commits = new List<PendingCommit>();
        for (var i = 0; i < 10; i++)
        {
            commits.Add(room.Say($"{i}"));
            await _store.StoreAsync(commits[^1]);
        }

        await _store.CrashAsync();

        await _store.HoldsAsync(room, commits);
    }
}
