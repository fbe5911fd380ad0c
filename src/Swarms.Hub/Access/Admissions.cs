using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// Gives callers who enter a room their proof as they ask: a token in the answer, or a cookie that no script can read. Safe from any
/// thread.
/// </summary>
internal sealed class Admissions(SessionCookie cookie, OwnOrigin origin, IAccessStore store, TimeProvider time)
{
    /// <summary>The most rooms of one session. A connection to the hub lists them all.</summary>
    internal const int MaxRooms = 1_000;

    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(3650);

    /// <summary>Makes the proof before the caller enters. Refuses a session to a page of another origin.</summary>
    public async Task<NewAccess> PrepareAsync(
        HttpContext context, string? session, long? expiresInSeconds, CancellationToken cancellationToken)
    {
        if (session is not (null or "cookie" or "token"))
            throw new HubErrorException(ErrorCodes.Invalid, "session must be \"cookie\" or \"token\".");

        var expiresAt = ExpiresAt(expiresInSeconds);
        if (session != "cookie")
            return NewAccess.CreateToken(expiresAt);

        if (expiresInSeconds is not null)
        {
            throw new HubErrorException(
                ErrorCodes.Invalid, "expiresInSeconds is for tokens; a session lives for 30 days after its last use.");
        }

        if (!origin.IsNotForeign(context.Request))
        {
            throw new HubErrorException(
                ErrorCodes.Invalid,
                $"Only the hub's own page can have a cookie session. This page is of {context.Request.Headers.Origin}, and the hub was "
                + $"called as {context.Request.Scheme}://{context.Request.Host}. If a proxy stands between, it must pass on the Host "
                + "header; a page of another origin uses the token.");
        }

        var secret = cookie.Read(context.Request) ?? Secrets.Create(Secrets.SessionPrefix);
        var access = new NewAccess(secret, IsSession: true, time.GetUtcNow() + SessionCookie.Lifetime);
        if ((await store.FindTokensAsync(access.Session!, roomId: null, cancellationToken)).Count >= MaxRooms)
            throw new HubErrorException(ErrorCodes.Conflict, $"This browser is in {MaxRooms} rooms. Leave one of them first.");

        return access;
    }

    /// <summary>Returns the member that a caller who enters is already, by its browser's session or its token in a header.</summary>
    public async Task<Membership?> FindMemberAsync(
        HttpContext context, NewAccess access, string roomId, CancellationToken cancellationToken)
    {
        if (!access.IsSession)
        {
            return context.User.FindTokenCaller()?.Tokens.Select(token => token.Membership)
                .FirstOrDefault(membership => membership.RoomId == roomId);
        }

        var tokens = await store.FindTokensAsync(access.Session!, roomId, cancellationToken);
        return tokens.FirstOrDefault(token => token.IsValid(time.GetUtcNow()))?.Membership;
    }

    /// <summary>Returns the session of a request of the hub's own page; null without one.</summary>
    public NewAccess? FindSession(HttpContext context) =>
        cookie.Read(context.Request) is { } session && origin.IsNotForeign(context.Request)
            ? new NewAccess(session, IsSession: true, ExpiresAt: null)
            : null;

    /// <summary>Answers a member who has its proof already: the cookie, or the token that it sent.</summary>
    public RoomAdmission GrantAgain(HttpContext context, NewAccess access, Room room, Member member) => access.IsSession
        ? Grant(context, access, room, member)
        : new RoomAdmission
        {
            Room = room,
            Member = member,
            Token = MemberAuthenticationHandler.FindHeaderToken(context.Request),
            ExpiresAt = context.User.FindTokenCaller()?.ExpiresAt,
        };

    /// <summary>Returns the end of a lifetime that a caller asks for; null for none.</summary>
    public DateTimeOffset? ExpiresAt(long? seconds) => seconds switch
    {
        null => null,
        >= 1 when seconds <= MaxLifetime.TotalSeconds => time.GetUtcNow().AddSeconds(seconds.Value),
        _ => throw new HubErrorException(ErrorCodes.Invalid, $"expiresInSeconds must be 1 to {MaxLifetime.TotalSeconds:0}."),
    };

    /// <summary>Answers with the proof that the member now has.</summary>
    public RoomAdmission Grant(HttpContext context, NewAccess access, Room room, Member member)
    {
        if (!access.IsSession)
            return new RoomAdmission { Room = room, Member = member, Token = access.Secret, ExpiresAt = access.ExpiresAt };

        cookie.Set(context, access.Secret);
        return new RoomAdmission { Room = room, Member = member };
    }
}
