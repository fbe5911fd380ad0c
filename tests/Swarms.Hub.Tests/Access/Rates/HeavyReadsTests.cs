using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class HeavyReadsTests
{
    private readonly HeavyReads _heavy = new();

    [Fact]
    public void Member_Has_Two_Under_Way_And_Another_Its_Own()
    {
        var first = _heavy.Begin(Callers.In("room", "ann"));
        using var second = _heavy.Begin(Callers.In("room", "ann"));

        Assert.Equal(
            ErrorCodes.RateLimited, Assert.Throws<HubErrorException>(() => _heavy.Begin(Callers.In("room", "ann"))).Code);
        using var other = _heavy.Begin(Callers.In("room", "bob"));
        first.Dispose();
        first.Dispose();
        using var third = _heavy.Begin(Callers.In("room", "ann"));
        Assert.Throws<HubErrorException>(() => _heavy.Begin(Callers.In("room", "ann")));
    }

    [Fact]
    public void Room_Has_Eight_Under_Way_And_Another_Its_Own()
    {
        var reads = Enumerable.Range(0, HeavyReads.MaxPerRoom).Select(i => _heavy.Begin(Callers.In("room", $"member {i}"))).ToList();

        Assert.Throws<HubErrorException>(() => _heavy.Begin(Callers.In("room", "late")));
        using var other = _heavy.Begin(Callers.In("other", "ann"));
        reads[0].Dispose();
        using var late = _heavy.Begin(Callers.In("room", "late"));
    }
}
