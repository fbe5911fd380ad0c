using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Specifications;

/// <content>Divergence: what is stored of a room is not what is in memory. The room takes nothing, and no other is concerned.</content>
public abstract partial class StoreSpecification
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Room_To_Which_Another_Program_Appended_Diverges_And_No_Other(bool isLinked)
    {
        var (room, other) = (await SayAsync(3), await _store.CreateRoomAsync());
        await _store.Fixture.AppendAsync(room.Log, isLinked);

        await DivergesAsync(room, other);
    }

    [Fact]
    public async Task Room_From_Which_Another_Program_Took_The_Last_Event_Diverges_And_No_Other()
    {
        var (room, other) = (await SayAsync(3), await _store.CreateRoomAsync());
        await _store.Fixture.RemoveAsync(room.Log, room.Log.Head);

        await DivergesAsync(room, other);
    }

    [Fact]
    public async Task Room_Whose_Last_Event_Is_Another_With_The_Same_Sequence_Diverges_And_No_Other()
    {
        var (room, other) = (await SayAsync(3), await _store.CreateRoomAsync());
        await using (var rows = _store.Fixture.OpenRows())
            Assert.Equal(1, await rows.Events.Where(e => e.RoomKey == room.Log.Key && e.Sequence == 4)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.Link, EventLink.CreateFirst().ToBytes()), CancellationToken));

        await DivergesAsync(room, other);
    }

    [Fact]
    public async Task Room_That_Another_Program_Removed_Diverges_And_No_Other()
    {
        var (room, other) = (await SayAsync(3), await _store.CreateRoomAsync());
        await using (var rows = _store.Fixture.OpenRows())
            Assert.Equal(1, await rows.Rooms.Where(one => one.Key == room.Log.Key).ExecuteDeleteAsync(CancellationToken));

        await DivergesAsync(room, other);
        Assert.Null(await _store.Rooms.LoadAsync(room.Id, CancellationToken));
    }

    [Fact]
    public async Task Room_That_Another_Hub_Deleted_Diverges_And_No_Other()
    {
        var (room, other) = (await SayAsync(3), await _store.CreateRoomAsync());
        await using (var rows = _store.Fixture.OpenRows())
            Assert.Equal(1, await rows.Rooms.Where(one => one.Key == room.Log.Key)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.DeletedAt, DateTimeOffset.UnixEpoch), CancellationToken));

        await DivergesAsync(room, other);
        Assert.Null(await _store.Rooms.LoadAsync(room.Id, CancellationToken));
    }

    [Fact]
    public async Task Store_That_Lost_The_Last_Commits_In_A_Fail_Over_Diverges_In_Those_Rooms_Alone()
    {
        var (ahead, same) = (await SayAsync(3), await SayAsync(2));
        var copy = await _store.Fixture.CopyAsync();
        var lost = ahead.Say("lost");
        await _store.StoreAsync(lost);

        await _store.RestoreAsync(copy);

        await DivergesAsync(ahead, same);
        Assert.Equal(4, (await _store.Rooms.LoadAsync(ahead.Id, CancellationToken))!.Head.Sequence);
    }

    [Fact]
    public async Task Room_That_Was_Written_Over_After_A_Lost_Answer_Diverges()
    {
        var (room, other) = (await SayAsync(3), await _store.CreateRoomAsync());
        var lost = room.Say("stored");
        await _store.LoseAnswerAsync(lost);
        await using (var rows = _store.Fixture.OpenRows())
            Assert.Equal(1, await rows.Events.Where(e => e.RoomKey == room.Log.Key && e.Sequence == 5)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.Link, EventLink.CreateFirst().ToBytes()), CancellationToken));

        var stored = await _store.StoreAsync(lost, other.Say("beside"));

        Assert.Same(room.Log, Assert.Single(stored.Diverged));
        Assert.Equal(ErrorCodes.StorageUnavailable, await CodeAsync(lost));
    }

    [Fact]
    public async Task Diverged_Room_Is_Told_Once_And_Takes_Nothing_Until_It_Is_Loaded_Anew()
    {
        var room = await _store.CreateRoomAsync();
        var before = room.Say("before");
        await _store.StoreAsync(before);
        var foreign = await _store.Fixture.AppendAsync(room.Log, isLinked: true);
        Assert.Single((await _store.StoreAsync(room.Say("refused"))).Diverged);
        var meanwhile = room.Say("meanwhile");
        Assert.Empty((await _store.StoreAsync(meanwhile)).Diverged);
        Assert.Equal(ErrorCodes.StorageUnavailable, await CodeAsync(meanwhile));

        await _store.ReloadAsync(room);
        var next = room.Say("next");
        await _store.StoreAsync(next);

        Assert.Equal(4, await next.Committed);
        await _store.HoldsAsync(room, before, room.Commit([foreign]), next);
    }

    // Commits of the room are refused, also one that changes nothing but tables. The other room's commit is stored.
    private async Task DivergesAsync(RoomUnderTest room, RoomUnderTest other)
    {
        var before = other.Log.Head;
        PendingCommit[] refused = [room.Say("for the history that was"), room.Commit([], Token("ann", 9))];
        var beside = other.Say("beside");

        var stored = await _store.StoreAsync(refused[0], beside, refused[1]);

        Assert.Same(room.Log, Assert.Single(stored.Diverged));
        Assert.All(await Task.WhenAll(refused.Select(CodeAsync)), code => Assert.Equal(ErrorCodes.StorageUnavailable, code));
        Assert.Equal(before + 1, await beside.Committed);
        Assert.Equal(other.Log.Position, (await _store.Rooms.LoadAsync(other.Id, CancellationToken))!.Head);
        await using var rows = _store.Fixture.OpenRows();
        Assert.False(await rows.Tokens.AnyAsync(CancellationToken));
    }
}
