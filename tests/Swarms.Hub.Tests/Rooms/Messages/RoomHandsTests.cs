using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

/// <summary>Members raise and lower their hands; hosts lower one or all, over both doors.</summary>
public sealed class RoomHandsTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [MemberData(nameof(RoomMessagesTests.RolesAndDoors), MemberType = typeof(RoomMessagesTests))]
    public async Task Everybody_Sets_The_Own_Hand_And_Hosts_Lower_Others(string role, bool isOverHub)
    {
        var host = await _hub.CreateRoomAsync();
        var (member, other) = (await host.InviteAsync(role), await host.InviteAsync(MemberRoles.Viewer, "Cid"));
        await using var mine = await TalkDoor.OpenAsync(member, isOverHub);
        await using var theirs = await TalkDoor.OpenAsync(other, isOverHub);
        Assert.Null(await mine.RaiseHandAsync());
        Assert.Null(await theirs.RaiseHandAsync());
        Assert.Equal([member.Member, other.Member], await RaisedAsync(host));

        Assert.Equal(role == MemberRoles.Host ? null : ErrorCodes.Forbidden, await mine.LowerHandOfAsync(other.Member));
        Assert.Null(await mine.LowerHandOfAsync(member.Member));
        Assert.Equal(role == MemberRoles.Host ? [] : [other.Member], await RaisedAsync(host));

        Assert.Null(await mine.RaiseHandAsync());
        Assert.Equal(role == MemberRoles.Host ? null : ErrorCodes.Forbidden, await mine.LowerAllHandsAsync());
        Assert.Equal(role == MemberRoles.Host ? [] : [other.Member, member.Member], await RaisedAsync(host));
        Assert.Null(await mine.LowerHandAsync());
        Assert.Null(await mine.LowerHandAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lowered_Hand_Names_The_Host_And_All_Go_In_One_Commit(bool isOverHub)
    {
        var host = await _hub.CreateRoomAsync();
        var guests = new List<MemberCaller>();
        for (var i = 0; i < 3; i++)
        {
            guests.Add(await host.InviteAsync(MemberRoles.Viewer, $"Guest {i}"));
            await using var guest = await TalkDoor.OpenAsync(guests[^1], isOverHub);
            Assert.Null(await guest.RaiseHandAsync());
        }

        await using var door = await TalkDoor.OpenAsync(host, isOverHub);
        Assert.Null(await door.LowerHandOfAsync(guests[1].Member));
        Assert.Null(await door.LowerAllHandsAsync());
        Assert.Null(await door.LowerAllHandsAsync());
        Assert.Equal(ErrorCodes.NotFound, await door.LowerHandOfAsync("nobody"));

        var lowered = (await host.GetAsync($"{host.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray()
            .Where(e => e.GetProperty("type").GetString() == EventTypes.HandLowered).ToList();
        Assert.All(lowered, e => Assert.Equal(host.Member, e.GetProperty("by").GetString()));
        Assert.Equal(
            [guests[1].Member, guests[0].Member, guests[2].Member],
            lowered.Select(e => e.GetProperty("data").GetProperty("member").GetString()));
        Assert.Single(lowered[1..].Select(e => e.GetProperty("at").GetString()).Distinct());
    }

    private static async Task<IReadOnlyList<string>> RaisedAsync(MemberCaller member) =>
    [
        .. (await member.GetAsync(member.Path)).Json.GetProperty("members").EnumerateArray()
            .Where(m => m.GetProperty("handRaised").GetBoolean())
            .OrderBy(m => m.GetProperty("handRaisedAt").GetDateTimeOffset())
            .ThenBy(m => m.GetProperty("joinedAt").GetDateTimeOffset())
            .Select(m => m.GetProperty("id").GetString()!),
    ];
}
