using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Changes: rows that change with a commit's events, and commits that contradict each other.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Room_Is_Renamed()
    {
        var room = await _store.CreateRoomAsync();

        var late = Rename("Zoology", from: "Test");
        await _store.StoreAsync(Rename("Botany\0🌿"), Rename("葉っぱ", from: "Botany\0🌿"), late);

        Assert.Equal("葉っぱ", (await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Room.Name);

        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(late));

        PendingCommit Rename(string name, string? from = null) => room.Commit(
            [LogUnderTest.Event(EventTypes.RoomChanged, new { name })],
            room.Rename(name, from: from));
    }

    [Fact]
    public async Task Members_Stand_In_The_Order_In_Which_They_Joined()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("z"), room.Say("meanwhile"), room.Join("m"));
        await _store.StoreAsync(room.Join("a"), room.Join("b", MemberRoles.Host));

        Assert.Equal(["z", "m", "a", "b"], (await LoadMembersAsync(room)).Select(member => member.Id));
        Assert.Equal(MemberRoles.Host, (await LoadMembersAsync(room))[3].Role);
    }

    [Fact]
    public async Task Member_Has_The_Name_And_The_Time_That_It_Joined_With()
    {
        var room = await _store.CreateRoomAsync();
        var member = new Member { Id = "m", Name = "Zoë\0 🦊", Role = MemberRoles.Viewer, JoinedAt = Noon.AddMilliseconds(1) };
        var joined = LogUnderTest.Event(EventTypes.MemberJoined, new { member }, by: "m");

        await _store.StoreAsync(room.Commit([joined], new MemberChange.Add(member)));

        Assert.Equal(member, Assert.Single(await LoadMembersAsync(room)));
    }

    [Fact]
    public async Task Member_Is_Changed_Only_From_What_It_Was()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("host", MemberRoles.Host), room.Join("ann"));
        var ann = (await LoadMembersAsync(room))[1];
        var first = room.Commit([Message("1")], new MemberChange.Change(ann, ann with { Name = "Anna", Role = MemberRoles.Host }));
        var second = room.Commit([Message("2")], new MemberChange.Change(ann, ann with { Name = "Anne" }));

        await _store.StoreAsync(first, second);

        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(second));
        Assert.Equal(ann with { Name = "Anna", Role = MemberRoles.Host }, (await LoadMembersAsync(room))[1]);
    }

    [Fact]
    public async Task Last_Host_Can_Neither_Leave_Nor_Become_Less()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("host", MemberRoles.Host), room.Join("ann"));
        var host = (await LoadMembersAsync(room))[0];
        var leaving = room.Commit([Message("leaving")], new MemberChange.Remove("host"));
        var less = room.Commit([Message("less")], new MemberChange.Change(host, host with { Role = MemberRoles.Viewer }));
        var renamed = room.Commit([Message("renamed")], new MemberChange.Change(host, host with { Name = "Still host" }));

        await _store.StoreAsync(leaving, less, renamed);

        Assert.Equal((ErrorCodes.Conflict, ErrorCodes.Conflict), (await CodeAsync(leaving), await CodeAsync(less)));
        Assert.Equal(["Still host", "Name of ann"], (await LoadMembersAsync(room)).Select(member => member.Name));
    }

    [Fact]
    public async Task Of_Two_Hosts_Who_Leave_In_One_Transaction_The_Second_Stays()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("one", MemberRoles.Host), room.Join("two", MemberRoles.Host));
        var one = room.Commit([Message("one left")], new MemberChange.Remove("one"));
        var two = room.Commit([Message("two left")], new MemberChange.Remove("two"));

        await _store.StoreAsync(one, two);

        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(two));
        Assert.Equal("two", Assert.Single(await LoadMembersAsync(room)).Id);
    }

    [Fact]
    public async Task Hand_Is_Raised_Once_And_Lowered_Once()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("ann"));
        var (raised, again) = (Hand(true), Hand(true));
        await _store.StoreAsync(raised, again);
        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(again));
        Assert.True(Assert.Single(await LoadMembersAsync(room)).HandRaised);

        var (lowered, twice) = (Hand(false), Hand(false));
        await _store.StoreAsync(lowered, twice);

        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(twice));
        Assert.False(Assert.Single(await LoadMembersAsync(room)).HandRaised);

        PendingCommit Hand(bool isRaised) => room.Commit([Message("hand")], new MemberChange.SetHand("ann", isRaised));
    }

    [Fact]
    public async Task Member_Whose_Id_Is_Taken_Is_Refused()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(room.Join("ann"));
        var (again, elsewhere) = (room.Join("ann"), other.Join("ann"));

        await _store.StoreAsync(again, elsewhere);

        await Assert.ThrowsAnyAsync<Exception>(() => again.Committed);
        await Assert.ThrowsAnyAsync<Exception>(() => elsewhere.Committed);
        Assert.Single(await LoadMembersAsync(room));
        Assert.Empty(await LoadMembersAsync(other));
    }

    [Fact]
    public async Task Member_Of_Another_Room_Is_None_Of_This_One()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(other.Join("ann"), other.Join("bob"));
        var ann = (await LoadMembersAsync(other))[0];
        PendingCommit[] refused =
        [
            room.Commit([Message("renamed")], new MemberChange.Change(ann, ann with { Name = "Anna" })),
            room.Commit([Message("hand")], new MemberChange.SetHand("ann", true)),
            room.Commit([Message("removed")], new MemberChange.Remove("ann")),
        ];

        await _store.StoreAsync(refused);

        Assert.All(await Task.WhenAll(refused.Select(CodeAsync)), code => Assert.Equal(ErrorCodes.NotFound, code));
        Assert.Equal(ann, (await LoadMembersAsync(other))[0]);
    }

    [Fact]
    public async Task Same_Reaction_Is_Refused_And_Every_Other_Is_Taken_Up_To_The_Bound()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Enumerable.Range(0, 20).Select(i => React("ann", 1, $"{i}")).ToList());
        PendingCommit[] commits = [React("ann", 1, "3"), React("ann", 1, "one more"), React("bob", 1, "3"), React("ann", 2, "3")];

        await _store.StoreAsync(commits);

        Assert.Equal((ErrorCodes.Conflict, ErrorCodes.TooLarge), (await CodeAsync(commits[0]), await CodeAsync(commits[1])));
        Assert.Equal((22, 23), (await commits[2].Committed, await commits[3].Committed));

        PendingCommit React(string by, long target, string emoji) => room.Commit(
            [LogUnderTest.Event(EventTypes.Reaction, new { emoji, target }, by: by)], new AddReaction(by, target, emoji));
    }
}
