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
        invites.MapPost("", CreateAsync).WithSummary("Makes an invite; its secrets are shown this once.");
        invites.MapDelete("{invite}", DeleteAsync).WithSummary("Takes an invite back.");
        return routes;
    }

    private static async Task<Created<InviteCreated>> CreateAsync(
        CreateInviteRequest request, RoomCaller caller, IRoomDirectory rooms, IdGenerator ids, TimeProvider time, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!MemberRoles.IsRole(request.Role))
            throw new HubErrorException(ErrorCodes.Invalid, "role must be \"host\", \"participant\" or \"viewer\".");

        if (request.MaxUses is < 1)
            throw new HubErrorException(ErrorCodes.Invalid, "maxUses must be 1 or more; leave it out for any number.");

        if (request.ExpiresInSeconds is { } seconds && (seconds < 1 || seconds > MaxLifetime.TotalSeconds))
            throw new HubErrorException(ErrorCodes.Invalid, $"expiresInSeconds must be 1 to {MaxLifetime.TotalSeconds:0}.");

        var lifetime = request.ExpiresInSeconds is { } s ? TimeSpan.FromSeconds(s) : DefaultLifetime;
        var expiresAt = time.GetUtcNow() + lifetime;
        var invite = new Invite { Id = ids.Next(), Role = request.Role!, MaxUses = request.MaxUses, ExpiresAt = expiresAt };
        var (secret, code) = (Secrets.CreateInvite(), Secrets.CreateCode());
        await rooms.AppendAsync(caller.RoomId, [], cancellationToken, new InviteChange.Add(
            invite.Id, invite.Role, Secrets.Hash(secret), Secrets.Hash(Secrets.NormalizeCode(code)), invite.MaxUses, invite.ExpiresAt));

        var url = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/join#{secret}";
        return TypedResults.Created(
            $"{context.Request.PathBase}/api/rooms/{caller.RoomId}/invites/{invite.Id}",
            new InviteCreated { Invite = invite, Url = url, Code = code });
    }

    private static async Task<NoContent> DeleteAsync(
        string invite, RoomCaller caller, IRoomDirectory rooms, CancellationToken cancellationToken)
    {
        await rooms.AppendAsync(caller.RoomId, [], cancellationToken, new InviteChange.Delete(invite));
        return TypedResults.NoContent();
    }
}
