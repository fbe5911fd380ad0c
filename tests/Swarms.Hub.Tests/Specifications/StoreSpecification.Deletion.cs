using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage;

namespace Swarms.Hub.Specifications;

/// <content>Deletion: a room is gone for every reader at once, and its rows are removed in slices.</content>
public abstract partial class StoreSpecification
{
    private const int LargeRoomEvents = 3_000;

    [Fact]
    public async Task Deleted_Room_Is_Gone_For_Every_Reader_At_Once()
    {
        var room = await CreateLargeRoomAsync(10);
        var (rooms, key) = (_store.Rooms, room.Log.Key);

        await _store.StoreAsync(Delete(room));

        Assert.Null(await rooms.LoadAsync(room.Id, CancellationToken));
        Assert.Null(await rooms.ReadAsync(key, 0, long.MaxValue, 100, int.MaxValue, CancellationToken));
        Assert.Empty(await rooms.ReadPeopleAsync(key, 0, long.MaxValue, 100, CancellationToken));
        Assert.Null(await rooms.FindLinkAsync(key, 0, CancellationToken));
        Assert.Null(await rooms.FindLinkAsync(key, 1, CancellationToken));
        Assert.Null(await rooms.FindRunAsync(room.Id, RunOf(room), CancellationToken));
        Assert.Null(await rooms.FindNextRunAsync(key, 0, CancellationToken));
        Assert.Null(await rooms.FindDataKeyAsync(key, RunOf(room), CancellationToken));
        Assert.Null(await rooms.FindRunKeyAsync(MemberOf(room), "key", CancellationToken));
        Assert.Empty((await rooms.ListRunsAsync(room.Id, null, null, 10, CancellationToken))!);
        Assert.Empty(await rooms.FindRoomsWithOpenRunsAsync(CancellationToken));
        Assert.Null(await _store.Access.FindInviteAsync(SecretOf(room), CancellationToken));
    }

    [Fact]
    public async Task Deleted_Room_Takes_Nothing_More()
    {
        var room = await _store.CreateRoomAsync();
        var (before, deleting, late, twice) = (room.Say("before"), Delete(room), room.Say("late"), Delete(room));
        await _store.StoreAsync(before, deleting, late, twice);
        Assert.Equal((2, 2), (await before.Committed, await deleting.Committed));

        var later = room.Commit([], new TokenChange.Add("ann", [1], DateTimeOffset.UnixEpoch));
        await _store.StoreAsync(later);

        foreach (var refused in new[] { late, twice, later })
            Assert.Equal(ErrorCodes.NotFound, await CodeAsync(refused));
    }

    [Fact]
    public async Task Deletion_That_Is_Refused_Deletes_Nothing()
    {
        var room = await _store.CreateRoomAsync();
        var refused = room.Commit([], new RoomChange.DeleteRoom(DateTimeOffset.UnixEpoch), new MemberChange.Remove("nobody"));
        var next = room.Say("next");

        await _store.StoreAsync(refused, next);

        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(refused));
        await _store.HoldsAsync(room, next);
    }

    [Fact]
    public async Task Rows_Of_A_Deleted_Room_Go_In_Slices_Between_The_Commits_Of_Others()
    {
        var (room, other) = (await CreateLargeRoomAsync(LargeRoomEvents), await _store.CreateRoomAsync());
        await RemoveRemainsAsync();
        await _store.StoreAsync(Delete(room));
        Assert.True(_store.Writer.MayHaveRemains);

        var commits = new List<PendingCommit>();
        for (var left = await CountEventsAsync(room); left > 0;)
        {
            await _store.Writer.RemoveRemainsAsync();
            commits.Add(other.Say("meanwhile"));
            await _store.StoreAsync(commits[^1]);
            var now = await CountEventsAsync(room);
            Assert.InRange(left - now, 1, LargeRoomEvents / 3);
            left = now;
        }

        await _store.HoldsAsync(other, commits);
    }

    [Fact]
    public async Task Everything_Of_A_Deleted_Room_Is_Gone_In_The_End_And_Nothing_Of_Others()
    {
        var (room, other) = (await CreateLargeRoomAsync(1_000), await CreateLargeRoomAsync(10));
        await _store.StoreAsync(Delete(room));

        await RemoveRemainsAsync();

        Assert.Equal("events 0, runs 0, keys 0, reactions 0, invites 0, sums 0, names 0", await CountAsync(room));
        Assert.Equal("events 15, runs 2, keys 1, reactions 1, invites 1, sums 1, names 1", await CountAsync(other));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removal_Goes_On_After_A_Restart(bool isCrash)
    {
        var room = await CreateLargeRoomAsync(LargeRoomEvents);
        await _store.StoreAsync(Delete(room));
        await _store.Writer.RemoveRemainsAsync();

        await RestartAsync(isCrash);
        Assert.InRange(await CountEventsAsync(room), 1, LargeRoomEvents);
        Assert.Null(await _store.Rooms.LoadAsync(room.Id, CancellationToken));
        await RemoveRemainsAsync();

        Assert.Equal(0, await CountEventsAsync(room));
    }

    [Fact]
    public async Task Removal_That_Failed_Goes_On_When_The_Store_Works_Again()
    {
        var room = await CreateLargeRoomAsync(LargeRoomEvents);
        await _store.StoreAsync(Delete(room));
        using (_store.Fixture.Break())
            await Assert.ThrowsAsync<StorageFailedException>(async () => await _store.Writer.RemoveRemainsAsync());

        Assert.True(_store.Writer.MayHaveRemains);
        await RemoveRemainsAsync();

        Assert.Equal(0, await CountEventsAsync(room));
    }

    [Fact]
    public async Task Nothing_Is_Left_To_Remove_Once_Everything_Is_Gone()
    {
        await RemoveRemainsAsync();
        Assert.False(_store.Writer.MayHaveRemains);
        var room = await CreateLargeRoomAsync(10);
        Assert.False(_store.Writer.MayHaveRemains);

        await _store.StoreAsync(Delete(room));
        await RemoveRemainsAsync();

        Assert.False(_store.Writer.MayHaveRemains);
    }

    private static PendingCommit Delete(RoomUnderTest room) => room.Commit([], new RoomChange.DeleteRoom(DateTimeOffset.UnixEpoch));

    private static string MemberOf(RoomUnderTest room) => $"member of {room.Id}";

    private static string RunOf(RoomUnderTest room) => $"run of {room.Id}";

    private static byte[] SecretOf(RoomUnderTest room) => System.Text.Encoding.UTF8.GetBytes(room.Id);

    // The room has rows in every table.
    private async Task<RoomUnderTest> CreateLargeRoomAsync(int chunks)
    {
        var room = await _store.CreateRoomAsync();
        var (member, run, secret) = (MemberOf(room), RunOf(room), SecretOf(room));
        await _store.StoreAsync(
            room.Join(
                member,
                MemberRoles.Host,
                new TokenChange.Add(member, secret, DateTimeOffset.UnixEpoch),
                new InviteChange.Add(AnInvite($"invite of {room.Id}"), secret, [.. secret, 0]),
                new AddReaction(member, 1, "👍")),
            room.Queue(run, more: new RunChange.BindKey(run, member, "key", secret)),
            room.Queue($"ended {run}"),
            room.End($"ended {run}", "text"),
            room.Commit([], new SpendingChange.Save(Sums)),
            room.Say([.. Enumerable.Range(0, chunks).Select(i => $"{i}")]));
        return room;
    }

    private async Task RemoveRemainsAsync()
    {
        while (_store.Writer.MayHaveRemains)
            await _store.Writer.RemoveRemainsAsync();
    }

    private async Task<int> CountEventsAsync(RoomUnderTest room)
    {
        await using var rows = _store.Fixture.OpenRows();
        return await rows.Events.CountAsync(e => e.RoomKey == room.Log.Key, CancellationToken);
    }

    private async Task<string> CountAsync(RoomUnderTest room)
    {
        await using var rows = _store.Fixture.OpenRows();
        var key = room.Log.Key;
        return $"events {await rows.Events.CountAsync(row => row.RoomKey == key, CancellationToken)}, "
            + $"runs {await rows.Runs.CountAsync(row => row.RoomKey == key, CancellationToken)}, "
            + $"keys {await rows.RunKeys.CountAsync(row => row.RoomKey == key, CancellationToken)}, "
            + $"reactions {await rows.Reactions.CountAsync(row => row.RoomKey == key, CancellationToken)}, "
            + $"invites {await rows.Invites.CountAsync(row => row.RoomKey == key, CancellationToken)}, "
            + $"sums {await rows.Spending.CountAsync(row => row.RoomKey == key, CancellationToken)}, "
            + $"names {await rows.Members.CountAsync(row => row.RoomKey == key && row.Name != "", CancellationToken)}";
    }
}
