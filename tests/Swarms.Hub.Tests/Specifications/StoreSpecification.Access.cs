using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Specifications;

/// <content>Access: tokens, invites and the operator's key.</content>
public abstract partial class StoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Token_Stands_For_The_Member_And_The_Room_That_It_Was_Made_For()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(room.Join("ann", more: [Token("ann", 1), Token("ann", 2)]), other.Join("bob", more: Token("bob", 3)));

        Assert.Equal(new Membership(room.Id, "ann"), await _store.Access.FindTokenAsync([1], CancellationToken));
        Assert.Equal(new Membership(room.Id, "ann"), await _store.Access.FindTokenAsync([2], CancellationToken));
        Assert.Equal(new Membership(other.Id, "bob"), await _store.Access.FindTokenAsync([3], CancellationToken));
        Assert.Null(await _store.Access.FindTokenAsync([4], CancellationToken));
        Assert.Null(await _store.Access.FindTokenAsync([], CancellationToken));
    }

    [Fact]
    public async Task Tokens_Of_A_Member_Who_Left_Go_With_It_And_Those_Of_Others_Stay()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(
            room.Join("host", MemberRoles.Host, Token("host", 1)), room.Join("ann", more: [Token("ann", 2), Token("ann", 3)]));

        await _store.StoreAsync(room.Commit([Message("left")], new MemberChange.Remove("ann")), room.Commit([], Token("ann", 4)));

        Assert.NotNull(await _store.Access.FindTokenAsync([1], CancellationToken));
        Assert.Null(await _store.Access.FindTokenAsync([2], CancellationToken));
        Assert.Null(await _store.Access.FindTokenAsync([3], CancellationToken));
        Assert.Null(await _store.Access.FindTokenAsync([4], CancellationToken));
    }

    [Fact]
    public async Task Token_That_Is_Taken_Is_Refused_And_Stays_Its_First_Members()
    {
        var room = await _store.CreateRoomAsync();
        var (first, second) = (room.Join("ann", more: Token("ann", 1)), room.Join("bob", more: Token("bob", 1)));

        await _store.StoreAsync(first, second);

        await Assert.ThrowsAnyAsync<Exception>(() => second.Committed);
        Assert.Equal("ann", (await _store.Access.FindTokenAsync([1], CancellationToken))!.MemberId);
        Assert.Single(await LoadMembersAsync(room));
    }

    [Fact]
    public async Task Tokens_Of_A_Deleted_Room_Still_Say_Whose_They_Are()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("ann", more: Token("ann", 1)), Delete(room));
        await RemoveRemainsAsync();

        Assert.Equal(new Membership(room.Id, "ann"), await _store.Access.FindTokenAsync([1], CancellationToken));
    }

    [Fact]
    public async Task Invite_Is_Found_By_Its_Secret_And_By_Its_Code()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Invite(room, "first", 1), Invite(room, "second", 3));

        var first = new FoundInvite("first", room.Id, MemberRoles.Viewer);
        Assert.Equal(first, await _store.Access.FindInviteAsync([1], CancellationToken));
        Assert.Equal(first, await _store.Access.FindInviteAsync([2], CancellationToken));
        Assert.Equal("second", (await _store.Access.FindInviteAsync([4], CancellationToken))!.Id);
        Assert.Null(await _store.Access.FindInviteAsync([5], CancellationToken));
    }

    [Fact]
    public async Task Invite_That_Was_Taken_Back_Is_Not_Found_And_Not_Taken_Back_Twice()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Invite(room, "invite", 1));
        var (deleting, again, using_) = (TakeBack(room), TakeBack(room), Use(room, "ann"));

        await _store.StoreAsync(deleting, again, using_);

        Assert.Equal(1, await deleting.Committed);
        Assert.Equal((ErrorCodes.NotFound, ErrorCodes.NotFound), (await CodeAsync(again), await CodeAsync(using_)));
        Assert.Null(await _store.Access.FindInviteAsync([1], CancellationToken));
    }

    [Fact]
    public async Task Last_Use_Of_An_Invite_Is_Taken_By_The_First_Of_Two_In_One_Transaction()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Invite(room, "invite", 1, maxUses: 3), Use(room, "ann"), Use(room, "bob"));
        var (last, late) = (Use(room, "carl"), Use(room, "dora"));

        await _store.StoreAsync(last, late);

        Assert.Equal(4, await last.Committed);
        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(late));
        Assert.Equal(["ann", "bob", "carl"], (await LoadMembersAsync(room)).Select(member => member.Id));
        Assert.NotNull(await _store.Access.FindInviteAsync([1], CancellationToken));
    }

    [Fact]
    public async Task Use_In_A_Commit_That_Is_Refused_Is_Not_Counted()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Invite(room, "invite", 1, maxUses: 1));
        var refused = room.Join("ann", MemberRoles.Viewer, new InviteChange.Use("invite", Noon), new MemberChange.Remove("nobody"));
        var next = Use(room, "bob");

        await _store.StoreAsync(refused, next);

        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(refused));
        Assert.Equal(2, await next.Committed);
    }

    [Fact]
    public async Task Invite_Without_A_Bound_Is_Used_By_Everybody()
    {
        var room = await _store.CreateRoomAsync();
        var uses = Enumerable.Range(0, 50).Select(i => Use(room, $"member-{i}")).ToList();

        await _store.StoreAsync([Invite(room, "invite", 1), .. uses]);

        Assert.All(uses, use => Assert.True(use.Committed.IsCompletedSuccessfully));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task Invite_Expires_To_The_Millisecond_By_The_Time_Of_The_Commit(int milliseconds, bool isTaken)
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Invite(room, "invite", 1, expiresAt: Noon));
        var use = Use(room, "ann", Noon.AddMilliseconds(milliseconds).ToOffset(TimeSpan.FromHours(5)));

        await _store.StoreAsync(use);

        if (isTaken)
            Assert.Equal(2, await use.Committed);
        else
            Assert.Equal(ErrorCodes.NotFound, await CodeAsync(use));
    }

    [Fact]
    public async Task Invite_Of_Another_Room_Is_None_Of_This_One()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        var (using_, deleting) = (Use(other, "ann"), TakeBack(other));

        await _store.StoreAsync(Invite(room, "invite", 1), using_, deleting);

        Assert.Equal((ErrorCodes.NotFound, ErrorCodes.NotFound), (await CodeAsync(using_), await CodeAsync(deleting)));
        Assert.NotNull(await _store.Access.FindInviteAsync([1], CancellationToken));
    }

    [Fact]
    public async Task Invite_Whose_Secret_Is_Taken_Is_Refused()
    {
        var room = await _store.CreateRoomAsync();
        var (first, second) = (Invite(room, "first", 1), Invite(room, "second", 1));

        await _store.StoreAsync(first, second);

        await Assert.ThrowsAnyAsync<Exception>(() => second.Committed);
        Assert.Equal("first", (await _store.Access.FindInviteAsync([1], CancellationToken))!.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Operators_Key_Is_Saved_Once_And_Kept(bool isCrash)
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 9))];
        Assert.Null(await _store.Access.FindOperatorKeyAsync(CancellationToken));

        await _store.Access.SaveOperatorKeyAsync(key, CancellationToken);
        await Assert.ThrowsAnyAsync<Exception>(() => _store.Access.SaveOperatorKeyAsync([1], CancellationToken));

        Assert.Equal(key, await _store.Access.FindOperatorKeyAsync(CancellationToken));
        await RestartAsync(isCrash);
        Assert.Equal(key, await _store.Access.FindOperatorKeyAsync(CancellationToken));
    }

    private static AddToken Token(string memberId, byte hash) => new AddToken(memberId, [hash], Noon);

    // Its code's hash is the next byte after its secret's.
    private static PendingCommit Invite(
        RoomUnderTest room, string id, byte secret, int? maxUses = null, DateTimeOffset? expiresAt = null) =>
        room.Commit([], new InviteChange.Add(
            id, MemberRoles.Viewer, [secret], [(byte)(secret + 1)], maxUses, expiresAt ?? DateTimeOffset.MaxValue));

    private static PendingCommit TakeBack(RoomUnderTest room) => room.Commit([], new InviteChange.Delete("invite"));

    private static PendingCommit Use(RoomUnderTest room, string memberId, DateTimeOffset? at = null) =>
        room.Join(memberId, MemberRoles.Viewer, new InviteChange.Use("invite", at ?? Noon));
}
