using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door at which members look after their own access: exchange a token, make a return link, and come back by one.</summary>
internal static class OwnTokensApi
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(365);

    public static IEndpointRouteBuilder MapOwnTokens(this IEndpointRouteBuilder routes)
    {
        const string Link = "/api/rooms/{room}/members/me/return-link";
        routes.MapPost("/api/rooms/{room}/members/me/token", RenewAsync)
            .RequireAuthorization(RoomPolicies.Viewer)
            .WithName("renewToken")
            .WithSummary("Exchanges the caller's token for a new one; the old one is revoked.");
        routes.MapPost(Link, CreateLinkAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("createReturnLink")
            .WithSummary("Makes the caller's return link; an earlier one is revoked.");
        routes.MapGet(Link, FindLinkAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("getReturnLink")
            .WithSummary("Until when the caller's return link works, if there is one.");
        routes.MapDelete(Link, DeleteLinkAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("deleteReturnLink")
            .WithSummary("Revokes the caller's return link.");
        routes.MapPost("/api/return", ReturnAsync)
            .AllowAnonymous()
            .WithName("return")
            .WithSummary("Opens a return link: the caller is that member again.");
        return routes;
    }

    private static async Task<Created<TokenRenewed>> RenewAsync(
        RenewTokenRequest? request, RoomCaller caller, IRoomDirectory rooms, Admissions admissions, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (caller.Identity.Kind != CallerKind.Token)
            throw new HubErrorException(ErrorCodes.Invalid, "Only a token is exchanged: send it as \"Authorization: Bearer …\".");

        var now = time.GetUtcNow();
        var access = NewAccess.CreateToken(admissions.ExpiresAt(request?.ExpiresInSeconds));
        var old = caller.Identity.Credential;
        await rooms.AppendAsync(
            caller.RoomId,
            [PendingEvent.Create(
                now, EventTypes.MemberRekeyed, caller.Member.Id, MemberRekeyedPayload.Of(caller.Member.Id, Secrets.IdOf(old)))],
            cancellationToken,
            new TokenChange.Remove(old), access.ToChange(caller.Member.Id, now));
        return TypedResults.Created((string?)null, new TokenRenewed { Token = access.Secret, ExpiresAt = access.ExpiresAt });
    }

    private static async Task<Created<ReturnLinkCreated>> CreateLinkAsync(
        CreateReturnLinkRequest? request, RoomCaller caller, IRoomDirectory rooms, TimeProvider time, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (request?.ExpiresInSeconds is { } seconds && (seconds < 1 || seconds > MaxLifetime.TotalSeconds))
            throw new HubErrorException(ErrorCodes.Invalid, $"expiresInSeconds must be 1 to {MaxLifetime.TotalSeconds:0}.");

        var lifetime = request?.ExpiresInSeconds is { } s ? TimeSpan.FromSeconds(s) : DefaultLifetime;
        var (secret, expiresAt) = (Secrets.CreateInvite(), time.GetUtcNow() + lifetime);
        await rooms.AppendAsync(
            caller.RoomId, [], cancellationToken, new ReturnLinkChange.Set(caller.Member.Id, Secrets.Hash(secret), expiresAt));
        var url = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/return#{secret}";
        return TypedResults.Created((string?)null, new ReturnLinkCreated { Url = url, ExpiresAt = expiresAt });
    }

    private static async Task<Ok<OwnReturnLink>> FindLinkAsync(
        RoomCaller caller, IAccessStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var end = await store.FindReturnLinkEndAsync(caller.Member.Id, cancellationToken);
        return TypedResults.Ok(new OwnReturnLink { ExpiresAt = end > time.GetUtcNow() ? end : null });
    }

    private static async Task<NoContent> DeleteLinkAsync(RoomCaller caller, IRoomDirectory rooms, CancellationToken cancellationToken)
    {
        await rooms.AppendAsync(caller.RoomId, [], cancellationToken, new ReturnLinkChange.Delete(caller.Member.Id));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RoomAdmission>> ReturnAsync(
        ReturnRequest request, IRoomDirectory rooms, IAccessStore store, Admissions admissions, TimeProvider time, HttpContext context,
        CancellationToken cancellationToken)
    {
        var link = Texts.Require(request.Secret, "secret", 2_000);
        var hash = Secrets.Hash(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        var access = await admissions.PrepareAsync(context, request.Session, request.ExpiresInSeconds, cancellationToken);
        var membership = await store.FindReturnLinkAsync(hash, cancellationToken)
            ?? throw new HubErrorException(ErrorCodes.NotFound, "This link is not valid. It works once, for a limited time.");
        using var lease = await rooms.OpenAsync(membership.RoomId, cancellationToken);
        if (!await IsHereAsync(membership, lease.Log, access, admissions, context, cancellationToken))
        {
            var now = time.GetUtcNow();
            await rooms.AppendAsync(
                membership.RoomId,
                [],
                cancellationToken,
                new ReturnLinkChange.Use(hash, now), access.ToChange(membership.MemberId, now));
        }

        var (room, member) = lease.Log.Query(state => (state.Room, state.FindMember(membership.MemberId)));
        return TypedResults.Ok(admissions.Grant(context, access, room, member ?? throw RoomAccess.NotInRoom()));
    }
    // One browser is one member of a room. To sign another in would leave this one without its only proof.
    private static async Task<bool> IsHereAsync(
        Membership returning, RoomLog log, NewAccess access, Admissions admissions, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!access.IsSession
            || await admissions.FindMemberAsync(context, access, returning.RoomId, cancellationToken) is not { MemberId: var present })
        {
            return false;
        }

        if (present == returning.MemberId)
            return true;

        var name = log.Query(state => state.FindMember(present)?.Name) ?? "somebody else";
        throw new HubErrorException(
            ErrorCodes.Conflict,
            $"This browser is {name} in this room, and would lose that. Open the link in a private window or another browser, or leave the "
            + "room here first. The link still works.");
    }
}
