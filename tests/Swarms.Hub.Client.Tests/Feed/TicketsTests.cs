using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

/// <summary>Connections as a browser opens them: the address carries a ticket, because no header carries the token.</summary>
public sealed class TicketsTests : RoomClientTestBase
{
    private readonly ConcurrentQueue<CarriedRequest> _requests = [];
    private int _tickets;

    public TicketsTests()
    {
        Options.UseTickets = true;
        Options.HttpMessageHandlerFactory = own => new CarriedRequests(_requests, own);
    }

    [Fact]
    public async Task Each_Connection_Takes_A_Ticket_Of_Its_Own_And_No_Header()
    {
        GiveTickets();
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);

        viewer.Cut();
        (await Hub.NextViewerAsync()).Send(Resumed(3), Saying(4, 4));
        await watch.UntilAsync(4);

        Assert.Null(viewer.Authorization);
        Assert.Equal(
            [
                ("/api/tickets", "", "Bearer token1"), ("/hub", "?access_token=t%2F1", null),
                ("/api/tickets", "", "Bearer token1"), ("/hub", "?access_token=t%2F2", null),
            ],
            _requests.Select(request => (request.Path, request.Address.Query, request.Authorization)));
    }

    [Fact]
    public async Task Polls_Carry_The_Token_And_Take_No_Ticket()
    {
        GiveTickets();
        Hub.PassesWebSockets = false;
        Hub.Answer("GET /api/rooms/room1/runs", new RunPage { Runs = [] });
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));

        await watch.UntilAsync(3);

        Assert.Equal(ConnectionTransport.LongPolling, watch.Room.Transport);
        Assert.Equal(1, _tickets);
        Assert.All(_requests.Where(request => !request.Address.Query.Contains("access_token", StringComparison.Ordinal)),
            request => Assert.Equal("Bearer token1", request.Authorization));
    }

    [Fact]
    public async Task Watch_Of_A_Caller_Who_Is_Given_No_Ticket_Ends_With_The_Refusal()
    {
        Hub.Answer("POST /api/tickets", new { code = ErrorCodes.Unauthenticated, detail = "The token is not valid." }, 401);

        var refusal = await Assert.ThrowsAsync<HubClientException>(() => Watch().Ended);

        Assert.Equal((ErrorCodes.Unauthenticated, "The token is not valid."), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task Hub_That_Cannot_Give_A_Ticket_Now_Is_Asked_Again()
    {
        var asked = 0;
        Hub.Answer("POST /api/tickets", context => ++asked > 2 ? TicketAsync(context) : RefuseAsync(context));
        var watch = Watch();

        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));

        await watch.UntilAsync(3);
        Assert.Equal(3, asked);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    }

    private void GiveTickets() => Hub.Answer("POST /api/tickets", TicketAsync);

    private Task TicketAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new TicketCreated { Ticket = $"t/{++_tickets}", ExpiresInSeconds = 30 }, ProtocolJson.Options);
}
