using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door for joining a room by an invite, and for looking at the invite before.</summary>
internal static class JoinApi
{
    public static IEndpointRouteBuilder MapJoins(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/join", JoinAsync).AllowAnonymous().WithName("join").WithSummary("Joins a room by an invite's secret or code.");
        routes.MapPost("/api/invites/look", LookAsync)
            .AllowAnonymous()
            .WithName("lookAtInvite")
            .WithSummary("The room and the hosts that an invite leads to; nothing is used up.");
        return routes;
    }

    private static async Task<Ok<RoomAdmission>> JoinAsync(
        JoinRequest request, RoomJoins joins, Admissions admissions, InviteCodes codes, FailedJoins failedJoins, HttpContext context,
        CancellationToken cancellationToken)
    {
        // A member who joins again needs no name; anybody else's is judged before the invite is.
        var name = request.Name is null ? null : NameText.Require(request.Name, "name", Texts.MaxMemberName);
        var hash = Hash(request.Invite, request.Code, codes);
        var access = await admissions.PrepareAsync(context, request.Session, request.ExpiresInSeconds, cancellationToken);
        return await joins.TryJoinAsync(context, hash, name, access, cancellationToken) is { } admission
            ? TypedResults.Ok(admission)
            : throw NoInvite(request.Invite, failedJoins, context);
    }

    private static async Task<Ok<InviteLook>> LookAsync(
        LookAtInviteRequest request, RoomJoins joins, InviteCodes codes, FailedJoins failedJoins, HttpContext context,
        CancellationToken cancellationToken)
    {
        var hash = Hash(request.Invite, request.Code, codes);
        return await joins.TryLookAsync(context, hash, cancellationToken) is { } look
            ? TypedResults.Ok(look)
            : throw NoInvite(request.Invite, failedJoins, context);
    }

    private static byte[] Hash(string? invite, string? code, InviteCodes codes) => invite is { Length: > 0 }
        ? Secrets.Hash(invite)
        : codes.Hash(Texts.Require(code, "invite or code", 100));

    // A link has 128 bits, so a wrong one is no guess.
    private static HubErrorException NoInvite(string? invite, FailedJoins failedJoins, HttpContext context) =>
        invite is { Length: > 0 } ? FailedJoins.NoInvite() : failedJoins.Refuse(context);
}
