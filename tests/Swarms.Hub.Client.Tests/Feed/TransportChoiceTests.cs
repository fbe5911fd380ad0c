using Microsoft.Extensions.Time.Testing;

namespace Swarms.Hub.Client.Tests;

public sealed class TransportChoiceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void First_Refusal_Of_A_Network_Is_Believed_For_A_Minute()
    {
        var choice = new TransportChoice(_time);
        Assert.Equal(ConnectionTransport.WebSockets, choice.Next);

        Assert.True(choice.Refused());
        Assert.Equal(ConnectionTransport.LongPolling, choice.Next);
        _time.Advance(TransportChoice.TryAgainAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(ConnectionTransport.LongPolling, choice.Next);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ConnectionTransport.WebSockets, choice.Next);
    }

    [Fact]
    public void Network_That_Passed_One_Is_Given_Three_Tries_In_A_Row()
    {
        var choice = new TransportChoice(_time);
        choice.Opened();

        Assert.Equal([false, false, true], [choice.Refused(), choice.Refused(), choice.Refused()]);
        choice.Opened();
        Assert.Equal(ConnectionTransport.WebSockets, choice.Next);
        Assert.False(choice.Refused());
    }
}
