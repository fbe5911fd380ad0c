using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
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

        Assert.Equal(new Membership(room.Id, "ann"), await FindTokenAsync([1], CancellationToken));
        Assert.Equal(new Membership(room.Id, "ann"), await FindTokenAsync([2], CancellationToken));
        Assert.Equal(new Membership(other.Id, "bob"), await FindTokenAsync([3], CancellationToken));
        Assert.Null(await FindTokenAsync([4], CancellationToken));
        Assert.Null(await FindTokenAsync([], CancellationToken));
    }

    [Fact]
    public async Task Tokens_Of_A_Member_Who_Left_Go_With_It_And_Those_Of_Others_Stay()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(
            room.Join("host", MemberRoles.Host, Token("host", 1)), room.Join("ann", more: [Token("ann", 2), Token("ann", 3)]));

        await _store.StoreAsync(room.Commit([Message("left")], new MemberChange.Remove("ann")), room.Commit([], Token("ann", 4)));

        Assert.NotNull(await FindTokenAsync([1], CancellationToken));
        Assert.Null(await FindTokenAsync([2], CancellationToken));
        Assert.Null(await FindTokenAsync([3], CancellationToken));
        Assert.Null(await FindTokenAsync([4], CancellationToken));
    }

    [Fact]
    public async Task Token_That_Is_Taken_Is_Refused_And_Stays_Its_First_Members()
    {
        var room = await _store.CreateRoomAsync();
        var (first, second) = (room.Join("ann", more: Token("ann", 1)), room.Join("bob", more: Token("bob", 1)));

        await _store.StoreAsync(first, second);

        await Assert.ThrowsAnyAsync<Exception>(() => second.Committed);
        Assert.Equal("ann", (await FindTokenAsync([1], CancellationToken))!.MemberId);
        Assert.Single(await LoadMembersAsync(room));
    }

    [Fact]
    public async Task Tokens_Of_A_Deleted_Room_Still_Say_Whose_They_Are()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("ann", more: Token("ann", 1)), Delete(room));
        await RemoveRemainsAsync();

        Assert.Equal(new Membership(room.Id, "ann"), await FindTokenAsync([1], CancellationToken));
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

    private static TokenChange.Add Token(string memberId, byte hash) => new TokenChange.Add(memberId, [hash], Noon);

    private async Task<Membership?> FindTokenAsync(byte[] hash, CancellationToken cancellationToken) =>
        (await _store.Access.FindTokensAsync(hash, roomId: null, cancellationToken)).SingleOrDefault()?.Membership;
}
