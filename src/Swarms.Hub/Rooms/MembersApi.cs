using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door for changing and removing members, and for leaving.</summary>
internal static class MembersApi
{
    public static IEndpointRouteBuilder MapMembers(this IEndpointRouteBuilder routes)
    {
        var members = routes.MapGroup("/api/rooms/{room}/members/{member}").RequireAuthorization(RoomPolicies.Viewer);
        members.MapPatch("", ChangeAsync).WithName("changeMember").WithSummary("Changes a member's role or name.");
        members.MapDelete("", RemoveAsync).WithName("removeMember").WithSummary("Removes a member, or leaves.");
        routes.MapPost("/api/rooms/{room}/members/{member}/hand-over", HandOverAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("handOver")
            .WithSummary("Makes another member a host, and the caller a participant.");
        var bans = routes.MapGroup("/api/rooms/{room}/bans").RequireAuthorization(RoomPolicies.Host);
        bans.MapGet("", ListBansAsync).WithName("listBans").WithSummary("The browsers that may not join the room again, newest first.");
        bans.MapDelete("{ban}", LiftBanAsync).WithName("liftBan").WithSummary("Lifts a ban.");
        return routes;
    }

    private static async Task<Ok<Member>> ChangeAsync(
        string member, ChangeMemberRequest request, RoomCaller caller, RoomMembers members, CancellationToken cancellationToken)
    {
        if (!caller.IsHost && (member != caller.Member.Id || request.Role is not null))
            throw new HubErrorException(ErrorCodes.Forbidden, "Only a host changes other members, or roles.");

        if (request.Role is not null && !MemberRoles.IsRole(request.Role))
            throw new HubErrorException(ErrorCodes.Invalid, "role must be \"host\", \"participant\" or \"viewer\".");

        var name = request.Name is null ? null : NameText.Require(request.Name, "name", Texts.MaxMemberName);
        return TypedResults.Ok(await members.ChangeAsync(caller, member, request.Role, name, cancellationToken));
    }

    private static async Task<Ok<Member>> HandOverAsync(
        string member, RoomCaller caller, RoomMembers members, CancellationToken cancellationToken) =>
        TypedResults.Ok(await members.HandOverAsync(caller, member, cancellationToken));

    private static async Task<Results<NoContent, Ok<MemberBanned>>> RemoveAsync(
        string member, [Description("Ban the member's browser too.")] bool? ban, RoomCaller caller, RoomMembers members,
        CancellationToken cancellationToken)
    {
        if (!caller.IsHost && member != caller.Member.Id)
            throw new HubErrorException(ErrorCodes.Forbidden, "Only a host removes other members.");

        if (ban is true)
            return TypedResults.Ok(await members.BanAsync(caller, member, cancellationToken));

        await members.RemoveAsync(caller, member, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<BanList>> ListBansAsync(RoomCaller caller, IAccessStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new BanList { Bans = await store.ListBansAsync(caller.RoomId, cancellationToken) });

    private static async Task<NoContent> LiftBanAsync(
        string ban, RoomCaller caller, RoomMembers members, CancellationToken cancellationToken)
    {
        await members.LiftBanAsync(caller, ban, cancellationToken);
        return TypedResults.NoContent();
    }
}
