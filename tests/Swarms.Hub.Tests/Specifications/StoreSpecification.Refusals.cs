using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Refusals: one commit is refused alone and leaves no trace.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Refused_Commit_Among_Accepted_Ones_Leaves_No_Trace()
    {
        var room = await _store.CreateRoomAsync();
        var (before, after) = (room.Say("before"), room.Say("after", "it"));
        // Only the last change is impossible.
        var refused = room.Join(
            "ann",
            MemberRoles.Host,
            room.Rename("Renamed"),
            new TokenChange.Add("ann", [1], DateTimeOffset.UnixEpoch),
            new InviteChange.Add(AnInvite("invite"), [2], [3]),
            new AddReaction("ann", 1, "👍"),
            RoomUnderTest.Save("run", RunStates.Running),
            new RunChange.BindKey("run", "ann", "key", [4]),
            new MemberChange.Remove("nobody"));

        await _store.StoreAsync(before, refused, after);

        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(refused));
        Assert.Equal((2, 4), (await before.Committed, await after.Committed));
        await _store.HoldsAsync(room, before, after);
        var loaded = (await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State;
        Assert.Equal(("Test", 0, 0), (loaded.Room.Name, loaded.Members.Count, loaded.Runs.Count));
        Assert.Null(await _store.Access.FindInviteAsync([2], CancellationToken));
        Assert.Null(await _store.Rooms.FindRunAsync(room.Id, "run", CancellationToken));
        Assert.Null(await _store.Rooms.FindRunKeyAsync("ann", "key", CancellationToken));
        // The refused commit has taken none of the ids.
        var again = room.Commit(refused.Events, [.. refused.Changes.SkipLast(1)]);
        await _store.StoreAsync(again);
        Assert.Equal(5, await again.Committed);
        Assert.NotNull(await FindTokenAsync([1], CancellationToken));
    }

    [Fact]
    public async Task Event_That_The_Store_Cannot_Hold_Is_Refused_With_Its_Commit_Alone()
    {
        var room = await _store.CreateRoomAsync();
        var first = room.Say("first");
        var refused = room.Commit([LogUnderTest.Chunk("half"), LogUnderTest.Chunk("refused") with { Type = null! }]);
        var last = room.Say("last", "very last");

        await _store.StoreAsync(first, refused, last);

        await Assert.ThrowsAnyAsync<Exception>(() => refused.Committed);
        Assert.Equal((2, 4), (await first.Committed, await last.Committed));
        await _store.HoldsAsync(room, first, last);
    }

    [Fact]
    public async Task Refusal_In_One_Room_Does_Not_Concern_Another()
    {
        var (one, two) = await CreateTwoRoomsAsync();
        var refused = Refused(one);
        PendingCommit[] accepted = [two.Say("before"), two.Join("ann"), two.Say("after")];

        await _store.StoreAsync(accepted[0], refused, accepted[1], accepted[2]);

        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(refused));
        await _store.HoldsAsync(one);
        await _store.HoldsAsync(two, accepted);
    }

    [Fact]
    public async Task Every_Commit_May_Be_Refused_And_Every_Room_Stays_As_It_Was()
    {
        var room = await _store.CreateRoomAsync();
        var refused = Enumerable.Range(0, 5).Select(_ => Refused(room)).ToList();

        var stored = await _store.StoreAsync(refused);

        Assert.Equal(refused, stored.Refused.Select(one => one.Commit));
        Assert.Equal(0, stored.Events);
        await _store.HoldsAsync(room);
    }

    [Fact]
    public async Task Commit_Builds_On_Those_Before_It_In_The_Same_Transaction()
    {
        var room = _store.NewRoom();
        var ann = new Member { Id = "ann", Name = "Name of ann", Role = MemberRoles.Participant, JoinedAt = DateTimeOffset.UnixEpoch };
        PendingCommit[] commits =
        [
            room.Created,
            room.Join("host", MemberRoles.Host),
            room.Join("ann"),
            room.Commit([Message("renamed")], new MemberChange.Change(ann, ann with { Name = "Ann" })),
            room.Commit([Message("hand")], new MemberChange.SetHand("ann", true)),
            room.Commit([Message("left")], new MemberChange.Remove("ann")),
            room.Commit([Message("left twice")], new MemberChange.Remove("ann")),
        ];

        await _store.StoreAsync(commits);

        Assert.Equal(ErrorCodes.Unauthenticated, await CodeAsync(commits[^1]));
        await StandAtAsync(commits[..^1], 1, 2, 3, 4, 5, 6);
        Assert.Equal("host", Assert.Single(await LoadMembersAsync(room)).Id);
    }

    [Fact]
    public async Task Commit_That_Builds_On_A_Refused_One_Is_Refused_As_Well()
    {
        var room = await _store.CreateRoomAsync();
        var joining = room.Join("ann", more: new MemberChange.Remove("nobody"));
        var raising = room.Commit([Message("hand")], new MemberChange.SetHand("ann", true));

        await _store.StoreAsync(joining, raising);

        Assert.Equal((ErrorCodes.NotFound, ErrorCodes.NotFound), (await CodeAsync(joining), await CodeAsync(raising)));
        await _store.HoldsAsync(room);
    }

    [Fact]
    public async Task Commit_Of_A_Generation_That_Is_Gone_Is_Refused()
    {
        var room = await _store.CreateRoomAsync();
        var (old, another) = (room.Say("for the room as it was"), await _store.CreateRoomAsync());
        await _store.ReloadAsync(room);
        var (now, beside) = (room.Say("now"), another.Say("beside"));

        await _store.StoreAsync(old, now, beside);

        Assert.Equal(ErrorCodes.StorageUnavailable, await CodeAsync(old));
        await _store.HoldsAsync(room, now);
        await _store.HoldsAsync(another, beside);
    }

    [Fact]
    public async Task Commit_That_Was_Given_Up_Is_Withdrawn_And_Leaves_No_Trace()
    {
        var room = await _store.CreateRoomAsync();
        var givenUp = room.Join("ann");
        var next = room.Say("next");
        givenUp.IsGivenUp = true;

        var stored = await _store.StoreAsync(givenUp, next);

        Assert.Same(givenUp, Assert.Single(stored.Withdrawn));
        Assert.Equal(2, await next.Committed);
        await _store.HoldsAsync(room, next);
        Assert.Empty(await LoadMembersAsync(room));
    }

    [Fact]
    public async Task Commit_To_A_Room_That_Nobody_Created_Is_Refused()
    {
        var room = _store.NewRoom();
        var (first, second) = (room.Say("first"), room.Join("ann"));

        await _store.StoreAsync(first, second);

        Assert.Equal((ErrorCodes.NotFound, ErrorCodes.NotFound), (await CodeAsync(first), await CodeAsync(second)));
        Assert.Null(await _store.Rooms.LoadAsync(room.Id, CancellationToken));
    }

    [Fact]
    public async Task Room_Whose_Creation_Is_Refused_Is_Not_There_And_Can_Be_Created_After_That()
    {
        var room = _store.NewRoom();
        var creating = room.Commit(room.Created.Events, [.. room.Created.Changes, new MemberChange.Remove("nobody")]);
        var joining = room.Join("ann");
        await _store.StoreAsync(creating, joining);
        Assert.Equal((ErrorCodes.NotFound, ErrorCodes.NotFound), (await CodeAsync(creating), await CodeAsync(joining)));
        Assert.Null(await _store.Rooms.LoadAsync(room.Id, CancellationToken));

        await _store.StoreAsync(room.Created);

        Assert.Equal(1, await room.Created.Committed);
        await _store.HoldsAsync(room);
    }

    [Fact]
    public async Task Room_With_The_Id_Of_Another_Is_Refused_And_The_Other_Is_Not_Touched()
    {
        var room = await _store.CreateRoomAsync();
        await _store.RestartAsync();
        var impostor = _store.NewRoom(room.Id);

        await _store.StoreAsync(impostor.Created);

        await Assert.ThrowsAsync<HubErrorException>(() => impostor.Created.Committed);
        await _store.HoldsAsync(room);
    }
}
