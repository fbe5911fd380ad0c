using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Invites, and what members may no longer do.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Invite_Is_Found_By_Its_Secret_And_By_Its_Code()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Invite(room, "first", 1), Invite(room, "second", 3));

        foreach (var hash in (byte[])[1, 2])
        {
            var found = await _store.Access.FindInviteAsync([hash], CancellationToken);
            Assert.Equal(("first", room.Id, MemberRoles.Viewer), (found!.Id, found.RoomId, found.Role));
            Assert.True(found.IsValid(Noon));
        }

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
    public async Task Invites_That_Still_Admit_Are_Listed_With_Their_Maker_Newest_First()
    {
        var (room, other) = await CreateTwoRoomsAsync();
        await _store.StoreAsync(
            room.Join("ann", MemberRoles.Host), Invite(room, "a", 1, by: "ann"), Invite(room, "invite", 3, maxUses: 2),
            Invite(room, "c", 5, expiresAt: Noon), Invite(room, "used up", 7, maxUses: 1), Invite(other, "other", 9),
            Use(room, "bob"), room.Join("carl", MemberRoles.Viewer, new InviteChange.Use("used up", Noon.AddDays(-1))));

        var listed = await _store.Access.ListInvitesAsync(room.Id, Noon, CancellationToken);

        Assert.Equal(
            [AnInvite("invite") with { MaxUses = 2, Uses = 1 }, AnInvite("a") with { By = "ann" }],
            listed.Select(invite => invite with { ExpiresAt = DateTimeOffset.MaxValue }));
        Assert.Empty(await _store.Access.ListInvitesAsync("nowhere", Noon, CancellationToken));
    }

    [Fact]
    public async Task Invites_Of_A_Member_Go_With_It_And_Those_Above_Its_Role_With_That()
    {
        var room = await _store.CreateRoomAsync();
        var host = new Member { Id = "ann", Name = "Name of ann", Role = MemberRoles.Host, JoinedAt = DateTimeOffset.UnixEpoch };
        await _store.StoreAsync(
            room.Join("bob", MemberRoles.Host), room.Join("ann", MemberRoles.Host), Invite(room, "bobs", 1, by: "bob"),
            Invite(room, "viewers", 3, by: "ann"), Invite(room, "hosts", 5, by: "ann", role: MemberRoles.Host));

        await _store.StoreAsync(
            room.Commit([Message("less")], new MemberChange.Change(host, host with { Role = MemberRoles.Participant }, "bob")));
        Assert.Equal(["viewers", "bobs"], await ListInvitesAsync(room));

        await _store.StoreAsync(room.Commit([Message("out")], new MemberChange.Remove("ann", "bob")));
        Assert.Equal(["bobs"], await ListInvitesAsync(room));
    }

    [Fact]
    public async Task Member_Who_Has_Left_Neither_Says_Nor_Makes_Nor_Removes_Anything_Even_In_The_Same_Transaction()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(
            room.Join("bob", MemberRoles.Host), room.Join("ann", MemberRoles.Host), Invite(room, "bobs", 1, by: "bob"), room.Queue("run"));
        PendingCommit[] late =
        [
            room.Commit([LogUnderTest.Event(EventTypes.Message, new { text = "late" }, by: "ann")]),
            Invite(room, "late", 5, by: "ann"),
            room.Commit([], new InviteChange.Delete("bobs", "ann")),
            room.Commit([Message("removed")], new MemberChange.Remove("bob", "ann")),
            room.Commit([Message("renamed")], room.Rename("Anns", "ann")),
            room.Commit([], new RoomChange.DeleteRoom(Noon, "ann")),
            room.Queue("late run"),
        ];

        await _store.StoreAsync([room.Commit([Message("out")], new MemberChange.Remove("ann", "bob")), .. late]);

        foreach (var commit in late)
            Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(commit));

        Assert.Equal(["bobs"], await ListInvitesAsync(room));
        Assert.Equal(["bob"], (await LoadMembersAsync(room)).Select(member => member.Id));
        // The run's ending may name her, because every run has one.
        var ending = room.Commit([LogUnderTest.Event(EventTypes.Cancelled, new { reason = "requested" }, "run", "ann")]);
        await _store.StoreAsync(ending);
        Assert.True(ending.Committed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Member_Who_Is_No_Host_Any_More_Does_Nothing_That_Takes_One()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("bob", MemberRoles.Host), room.Join("ann"), Invite(room, "bobs", 1, by: "bob"));
        PendingCommit[] late =
        [
            Invite(room, "late", 5, by: "ann"),
            room.Commit([], new InviteChange.Delete("bobs", "ann")),
            room.Commit([Message("removed")], new MemberChange.Remove("bob", "ann")),
            room.Commit([Message("renamed")], room.Rename("Anns", "ann")),
            room.Commit([], new RoomChange.DeleteRoom(Noon, "ann")),
        ];

        await _store.StoreAsync(late);

        foreach (var commit in late)
            Assert.Equal(ErrorCodes.Forbidden, await CodeAsync(commit));
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

    // The hash of the code is the byte after that of the secret.
    private static PendingCommit Invite(
        RoomUnderTest room, string id, byte secret, int? maxUses = null, DateTimeOffset? expiresAt = null, string? by = null,
        string role = MemberRoles.Viewer) =>
        room.Commit([], new InviteChange.Add(
            AnInvite(id) with { MaxUses = maxUses, ExpiresAt = expiresAt ?? DateTimeOffset.MaxValue, By = by, Role = role },
            [secret], [(byte)(secret + 1)]));

    private async Task<IEnumerable<string>> ListInvitesAsync(RoomUnderTest room) =>
        (await _store.Access.ListInvitesAsync(room.Id, Noon, CancellationToken)).Select(invite => invite.Id);

    private static Invite AnInvite(string id) => new() { Id = id, Role = MemberRoles.Viewer, ExpiresAt = DateTimeOffset.MaxValue };

    private static PendingCommit TakeBack(RoomUnderTest room) => room.Commit([], new InviteChange.Delete("invite"));

    private static PendingCommit Use(RoomUnderTest room, string memberId, DateTimeOffset? at = null) =>
        room.Join(memberId, MemberRoles.Viewer, new InviteChange.Use("invite", at ?? Noon));
}
