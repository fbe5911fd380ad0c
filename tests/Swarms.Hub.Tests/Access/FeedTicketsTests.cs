using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class FeedTicketsTests
{
    [Fact]
    public async Task Ended_Feeds_Beyond_The_Bound_Go_And_Open_Ones_Stay()
    {
        var time = new FakeTimeProvider();
        var tickets = new TicketRegistry(time);
        var feeds = new FeedTickets(tickets, new NoRooms(), time);
        await OpenAsync();

        for (var i = 0; i <= TicketRegistry.MaxTickets; i++)
            feeds.End(await OpenAsync());

        Assert.Equal((1, TicketRegistry.MaxTickets + 1), (feeds.OpenFeeds, feeds.KnownFeeds));

        time.Advance(FeedTickets.Lifetime);
        feeds.End(await OpenAsync());

        Assert.Equal((1, 2), (feeds.OpenFeeds, feeds.KnownFeeds));

        async Task<string> OpenAsync()
        {
            var ticket = tickets.Create([1]);
            Assert.NotNull(await feeds.OpenAsync(ticket, "room", null, TestContext.Current.CancellationToken));
            return ticket;
        }
    }
}
