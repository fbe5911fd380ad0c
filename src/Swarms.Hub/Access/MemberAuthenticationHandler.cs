using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Access;

/// <summary>
/// Authenticates a request by a token or the operator key in a header, a ticket in the query, or the page's own cookies, one for each
/// room. A wrong token or ticket fails. <see cref="RoomAccess"/> decides what the caller may do.
/// </summary>
internal sealed class MemberAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    IAccessStore store, OperatorKey operatorKey, TicketRegistry tickets, FeedTickets feedTickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Member";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A health check with a token must not ask a store that may not answer.
        if (OperatorAddresses.Include(Request.Path))
            return AuthenticateResult.NoResult();

        if (FindHeaderToken() is { } token)
            return await AuthenticateTokenAsync(token);

        // A URL may only carry a ticket: it ends up in logs and histories, where a token must never be.
        if (Request.Query["access_token"] is [{ Length: > 0 } ticket])
            return await AuthenticateTicketAsync(ticket);

        return await AuthenticateCookiesAsync();
    }

    private string? FindHeaderToken()
    {
        if (Request.Headers.Authorization is [{ } authorization] && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return authorization["Bearer ".Length..].Trim();

        return Request.Headers["x-api-key"] is [{ Length: > 0 } key] ? key : null;
    }

    private async Task<AuthenticateResult> AuthenticateTokenAsync(string token)
    {
        if (operatorKey.Matches(token))
            return Success([HubClaims.CreateOperator(SchemeName)]);

        // SignalR's client sends the ticket as a header where it can.
        if (token.StartsWith(Secrets.TicketPrefix, StringComparison.Ordinal))
            return await AuthenticateTicketAsync(token);

        return await store.FindTokenAsync(Secrets.Hash(token), Context.RequestAborted) is { } membership
            ? Success([HubClaims.CreateIdentity(membership, SchemeName, isToken: true)])
            : AuthenticateResult.Fail("The token is unknown or was revoked.");
    }

    private async Task<AuthenticateResult> AuthenticateTicketAsync(string ticket)
    {
        if (!IsForStream())
            return AuthenticateResult.Fail("A ticket opens /hub or the feed of a room, and nothing else.");

        var membership = IsFeed() ? await OpenFeedAsync(ticket) : tickets.Redeem(ticket);
        return membership is null
            ? AuthenticateResult.Fail("The ticket is unknown, was used, or is older than 30 seconds.")
            : Success([HubClaims.CreateIdentity(membership, SchemeName, isToken: false)]);
    }

    private async Task<Membership?> OpenFeedAsync(string ticket)
    {
        var membership = await feedTickets.OpenAsync(ticket, Request.Headers["Last-Event-ID"], Context.RequestAborted);
        if (membership is not null)
        {
            Response.OnCompleted(() =>
            {
                feedTickets.End(ticket);
                return Task.CompletedTask;
            });
        }

        return membership;
    }

    private bool IsFeed() =>
        !Request.Path.StartsWithSegments("/hub")
        && Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private async Task<AuthenticateResult> AuthenticateCookiesAsync()
    {
        if (!RoomCookies.IsFromOwnOrigin(Request))
            return AuthenticateResult.NoResult();

        var identities = new List<ClaimsIdentity>();
        foreach (var token in CookieTokens())
        {
            if (await store.FindTokenAsync(Secrets.Hash(token), Context.RequestAborted) is { } membership)
                identities.Add(HubClaims.CreateIdentity(membership, SchemeName, isToken: false));
        }

        return identities.Count == 0 ? AuthenticateResult.NoResult() : Success(identities);
    }

    // Each cookie costs a read of the store, so only those that this address may need are read.
    private IEnumerable<string> CookieTokens() =>
        Context.GetRouteValue("room") is string roomId ? RoomCookies.Read(Request, roomId)
        : Request.Path.StartsWithSegments("/hub") ? RoomCookies.Read(Request)
        : [];

    private bool IsForStream() =>
        Request.Path.StartsWithSegments("/hub")
        || (HttpMethods.IsGet(Request.Method)
            && Request.Path.StartsWithSegments("/api/rooms")
            && Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal));

    private static AuthenticateResult Success(IEnumerable<ClaimsIdentity> identities) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identities), SchemeName));
}
