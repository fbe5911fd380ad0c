using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

public sealed class HeavyReadsTests
{
    private readonly HeavyReads _heavy = new();

    [Fact]
    public void Member_Has_Two_Under_Way_And_Another_Its_Own()
    {
        var first = _heavy.Begin(Caller("room", "ann"));
        using var second = _heavy.Begin(Caller("room", "ann"));

        Assert.Equal(
            ErrorCodes.RateLimited, Assert.Throws<HubErrorException>(() => _heavy.Begin(Caller("room", "ann"))).Code);
        using var other = _heavy.Begin(Caller("room", "bob"));
        first.Dispose();
        first.Dispose();
        using var third = _heavy.Begin(Caller("room", "ann"));
        Assert.Throws<HubErrorException>(() => _heavy.Begin(Caller("room", "ann")));
    }

    [Fact]
    public void Room_Has_Eight_Under_Way_And_Another_Its_Own()
    {
        var reads = Enumerable.Range(0, HeavyReads.MaxPerRoom).Select(i => _heavy.Begin(Caller("room", $"member {i}"))).ToList();

        Assert.Throws<HubErrorException>(() => _heavy.Begin(Caller("room", "late")));
        using var other = _heavy.Begin(Caller("other", "ann"));
        reads[0].Dispose();
        using var late = _heavy.Begin(Caller("room", "late"));
    }

    private static RoomCaller Caller(string room, string member) =>
        new(room, new Member { Id = member, Name = member, Role = MemberRoles.Viewer, JoinedAt = default });
}
