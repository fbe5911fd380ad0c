using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Swarms.Hub.Rooms.Agents;

public sealed class MentionRateTests
{
    [Fact]
    public void Room_Has_So_Many_In_Any_Minute_And_Another_Its_Own()
    {
        var time = new FakeTimeProvider();
        var rate = new MentionRate(Options.Create(new AgentOptions { MentionsPerMinute = 2 }), time);

        Assert.True(rate.TryTake("one"));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.True(rate.TryTake("one"));
        Assert.False(rate.TryTake("one"));
        Assert.True(rate.TryTake("other"));
        time.Advance(TimeSpan.FromSeconds(20));
        // The first is a minute old, the second is not.
        Assert.True(rate.TryTake("one"));
        Assert.False(rate.TryTake("one"));
    }

    [Fact]
    public void Nought_Lets_No_Agent_Answer()
    {
        var rate = new MentionRate(Options.Create(new AgentOptions { MentionsPerMinute = 0 }), new FakeTimeProvider());

        Assert.False(rate.TryTake("one"));
    }
}
