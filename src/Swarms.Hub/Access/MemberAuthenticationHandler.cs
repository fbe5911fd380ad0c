using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Access;

/// <summary>
/// Authenticates a request by a token or the operator key in a header, a ticket in the query, or the cookie of the hub's own page. A
/// wrong token or ticket fails. <see cref="RoomAccess"/> decides what the caller may do.
/// </summary>
internal sealed class MemberAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    TokenLookups lookups, OperatorKey operatorKey, TicketRegistry tickets, FeedTickets feedTickets, SessionCookie cookie, OwnOrigin origin,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Member";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A health check with a token must not ask a store that may not answer.
        var token = FindHeaderToken(Request);
        if (OperatorAddresses.Include(Request.Path))
            return token is not null && operatorKey.Matches(token) ? Success(Operator()) : AuthenticateResult.NoResult();

        if (token is not null)
            return await AuthenticateTokenAsync(token);

        // A URL may only carry a ticket: it ends up in logs and histories, where a token must never be.
        if (Request.Query["access_token"] is [{ Length: > 0 } ticket])
            return await AuthenticateTicketAsync(ticket);

        return await AuthenticateCookieAsync();
    }

    /// <summary>Returns the token that a request presents in a header; null without one.</summary>
    public static string? FindHeaderToken(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } authorization] && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return authorization["Bearer ".Length..].Trim();

        return request.Headers["x-api-key"] is [{ Length: > 0 } key] ? key : null;
    }

    private async Task<AuthenticateResult> AuthenticateTokenAsync(string token)
    {
        if (operatorKey.Matches(token))
            return Success(Operator());

        // SignalR's client sends the ticket as a header where it can.
        if (token.StartsWith(Secrets.TicketPrefix, StringComparison.Ordinal))
            return await AuthenticateTicketAsync(token);

        if (token.StartsWith(Secrets.EmbedPrefix, StringComparison.Ordinal))
        {
            if (!EmbedReads.TakesToken(Request))
                return AuthenticateResult.Fail("The token of an embed reads its run, and opens nothing else.");

            return await FindEmbedAsync(Secrets.Hash(token)) is { } embed
                ? Success(embed)
                : AuthenticateResult.Fail("The token is unknown, has expired, or was revoked.");
        }

        return await FindAsync(CallerKind.Token, Secrets.Hash(token)) is { } caller
            ? Success(caller)
            : AuthenticateResult.Fail("The token is unknown, has expired, or was revoked.");
    }

    private async Task<AuthenticateResult> AuthenticateTicketAsync(string ticket)
    {
        if (!IsForStream())
            return AuthenticateResult.Fail("A ticket opens /hub or the feed of a room, and nothing else.");

        // A ticket is worth what its token is worth when it is used.
        var token = IsFeed() ? await OpenFeedAsync(ticket) : tickets.Redeem(ticket);
        return token is not null && (await FindAsync(CallerKind.Ticket, token) ?? await FindTicketEmbedAsync(token)) is { } caller
            ? Success(caller)
            : AuthenticateResult.Fail("The ticket is unknown, was used, or is older than 30 seconds.");
    }

    private async Task<byte[]?> OpenFeedAsync(string ticket)
    {
        var room = Context.GetRouteValue("room") as string;
        var token = await feedTickets.OpenAsync(ticket, room, Request.Headers["Last-Event-ID"], Context.RequestAborted);
        if (token is not null)
        {
            Response.OnCompleted(() =>
            {
                feedTickets.End(ticket);
                return Task.CompletedTask;
            });
        }

        return token;
    }

    private bool IsFeed() =>
        !Request.Path.StartsWithSegments("/hub")
        && Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private async Task<AuthenticateResult> AuthenticateCookieAsync()
    {
        // The cookie stands for the member in the address. /hub has the room in its calls only.
        var roomId = Context.GetRouteValue("room") as string;
        if ((roomId is null && !Request.Path.StartsWithSegments("/hub"))
            || cookie.Read(Request) is not { } session
            || !origin.IsOwn(Request))
        {
            return AuthenticateResult.NoResult();
        }

        return await FindAsync(CallerKind.Session, Secrets.Hash(session), roomId) is { } caller
            ? Success(caller)
            : AuthenticateResult.NoResult();
    }

    private async Task<CallerIdentity?> FindAsync(CallerKind kind, byte[] credential, string? roomId = null)
    {
        var now = time.GetUtcNow();
        var tokens = await lookups.FindAsync(Context, credential, roomId);
        List<FoundToken> valid = [.. tokens.Where(token => token.IsValid(now))];
        return valid.Count == 0 ? null : new CallerIdentity(kind, credential, valid);
    }

    private async Task<CallerIdentity?> FindEmbedAsync(byte[] credential) =>
        await lookups.FindEmbedAsync(Context, credential) is { } embed && time.GetUtcNow() < embed.ExpiresAt
            ? new CallerIdentity(CallerKind.Embed, credential, []) { Embed = embed }
            : null;

    // A ticket for an embed opens a connection only; its feed takes the token itself.
    private async Task<CallerIdentity?> FindTicketEmbedAsync(byte[] credential) =>
        EmbedReads.TakesToken(Request) ? await FindEmbedAsync(credential) : null;

    private bool IsForStream() =>
        Request.Path.StartsWithSegments("/hub")
        || (HttpMethods.IsGet(Request.Method)
            && Request.Path.StartsWithSegments("/api/rooms")
            && Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal));

    private static CallerIdentity Operator() => new(CallerKind.Operator, [], []);

    private static AuthenticateResult Success(CallerIdentity caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), SchemeName));
}
