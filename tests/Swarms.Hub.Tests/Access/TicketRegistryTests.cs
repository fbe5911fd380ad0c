using Microsoft.Extensions.Time.Testing;

namespace Swarms.Hub.Access;

public sealed class TicketRegistryTests
{
    [Fact]
    public void Ticket_Beyond_The_Bound_Takes_The_Place_Of_The_Oldest()
    {
        var tickets = new TicketRegistry(new FakeTimeProvider());
        var all = Enumerable.Range(0, TicketRegistry.MaxTickets + 1).Select(i => tickets.Create(BitConverter.GetBytes(i))).ToList();

        Assert.Null(tickets.Redeem(all[0]));
        Assert.Equal(BitConverter.GetBytes(1), tickets.Redeem(all[1]));
        Assert.Equal(BitConverter.GetBytes(TicketRegistry.MaxTickets), tickets.Redeem(all[^1]));
    }
}
