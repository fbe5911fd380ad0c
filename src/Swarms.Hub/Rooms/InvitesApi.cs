using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door for inviting people into a room.</summary>
internal static class InvitesApi
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    public static IEndpointRouteBuilder MapInvites(this IEndpointRouteBuilder routes)
    {
        var invites = routes.MapGroup("/api/rooms/{room}/invites").RequireAuthorization(RoomPolicies.Host);
        invites.MapPost("", CreateAsync).WithName("createInvite").WithSummary("Makes an invite; its secrets are shown this once.");
        invites.MapGet("", ListAsync)
            .WithName("listInvites")
            .WithSummary("The invites that still admit somebody, newest first; without their secrets.");
        invites.MapDelete("{invite}", DeleteAsync).WithName("deleteInvite").WithSummary("Takes an invite back.");
        return routes;
    }

    private static async Task<Created<InviteCreated>> CreateAsync(
        CreateInviteRequest request, RoomCaller caller, IRoomDirectory rooms, InviteCodes codes, IdGenerator ids, TimeProvider time,
        HttpContext context, CancellationToken cancellationToken)
    {
        if (!MemberRoles.IsRole(request.Role))
            throw new HubErrorException(ErrorCodes.Invalid, "role must be \"host\", \"participant\" or \"viewer\".");

        if (request.MaxUses is < 1)
            throw new HubErrorException(ErrorCodes.Invalid, "maxUses must be 1 or more; leave it out for any number.");

        if (request.ExpiresInSeconds is { } seconds && (seconds < 1 || seconds > MaxLifetime.TotalSeconds))
            throw new HubErrorException(ErrorCodes.Invalid, $"expiresInSeconds must be 1 to {MaxLifetime.TotalSeconds:0}.");

        var lifetime = request.ExpiresInSeconds is { } s ? TimeSpan.FromSeconds(s) : DefaultLifetime;
        var expiresAt = time.GetUtcNow() + lifetime;
        var invite = new Invite
        {
            Id = ids.Next(),
            Role = request.Role!,
            MaxUses = request.MaxUses,
            ExpiresAt = expiresAt,
            By = caller.Member.Id,
        };
        var (secret, code) = (Secrets.CreateInvite(), Secrets.CreateCode());
        var added = new InviteChange.Add(invite, Secrets.Hash(secret), codes.Hash(code));
        InviteChange[] changes = request.Replaces is { } old ? [new InviteChange.Delete(old, caller.Member.Id), added] : [added];
        await rooms.AppendAsync(caller.RoomId, [], cancellationToken, changes);

        var url = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/join#{secret}";
        return TypedResults.Created(
            $"{context.Request.PathBase}/api/rooms/{caller.RoomId}/invites/{invite.Id}",
            new InviteCreated { Invite = invite, Url = url, Code = code });
    }

    private static async Task<Ok<InviteList>> ListAsync(
        RoomCaller caller, IAccessStore store, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(new InviteList { Invites = await store.ListInvitesAsync(caller.RoomId, time.GetUtcNow(), cancellationToken) });

    private static async Task<NoContent> DeleteAsync(
        string invite, RoomCaller caller, IRoomDirectory rooms, CancellationToken cancellationToken)
    {
        await rooms.AppendAsync(caller.RoomId, [], cancellationToken, new InviteChange.Delete(invite, caller.Member.Id));
        return TypedResults.NoContent();
    }
}
