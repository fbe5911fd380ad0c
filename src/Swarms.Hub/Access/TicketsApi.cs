using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>The door at which a page of another origin exchanges its token for a ticket.</summary>
internal static class TicketsApi
{
    public static IEndpointRouteBuilder MapTickets(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/tickets", Create)
            .RequireAuthorization()
            .WithName("createTicket")
            .WithSummary("Trades the caller's token for a single-use ticket.");
        return routes;
    }

    private static Created<TicketCreated> Create(ClaimsPrincipal caller, TicketRegistry tickets)
    {
        var token = caller.FindCaller() is { Kind: CallerKind.Token or CallerKind.Embed } found
            ? found
            : throw new HubErrorException(
                ErrorCodes.Unauthenticated, "A ticket is given for a room's token: send it as \"Authorization: Bearer …\".");
        return TypedResults.Created((string?)null, new TicketCreated
        {
            Ticket = tickets.Create(token.Credential),
            ExpiresInSeconds = (int)TicketRegistry.Lifetime.TotalSeconds,
        });
    }
}
