using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door for creating, joining, renaming and deleting rooms.</summary>
internal static class RoomsApi
{
    public static IEndpointRouteBuilder MapRoomLifecycle(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rooms", CreateAsync)
            .RequireAuthorization(RoomPolicies.CreateRoom)
            .WithSummary("Creates a room; the caller is its host.");
        routes.MapPost("/api/join", JoinAsync).AllowAnonymous().WithSummary("Joins a room by an invite's secret or code.");
        routes.MapPatch("/api/rooms/{room}", ChangeAsync).RequireAuthorization(RoomPolicies.Host).WithSummary("Renames the room.");
        routes.MapDelete("/api/rooms/{room}", DeleteAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithSummary("Deletes the room with everything in it.");
        return routes;
    }

    private static async Task<Created<RoomAdmission>> CreateAsync(
        CreateRoomRequest request, RoomLifecycle lifecycle, HttpContext context, CancellationToken cancellationToken)
    {
        var name = NameText.Require(request.Name, "name", Texts.MaxRoomName);
        var memberName = NameText.Require(request.MemberName ?? "Host", "memberName", Texts.MaxMemberName);
        Sessions.Validate(context, request.Session);
        var (room, member, token) = await lifecycle.CreateAsync(name, memberName, cancellationToken);
        return TypedResults.Created(
            $"{context.Request.PathBase}/api/rooms/{room.Id}", Sessions.Grant(context, request.Session, room, member, token));
    }

    private static async Task<Ok<RoomAdmission>> JoinAsync(
        JoinRequest request, RoomLifecycle lifecycle, FailedJoins failedJoins, HttpContext context, CancellationToken cancellationToken)
    {
        var name = NameText.Require(request.Name, "name", Texts.MaxMemberName);
        var secret = request.Invite is { Length: > 0 } invite
            ? invite
            : Secrets.NormalizeCode(Texts.Require(request.Code, "invite or code", 100));
        Sessions.Validate(context, request.Session);
        failedJoins.Refuse(context);
        try
        {
            var (room, member, token) = await lifecycle.JoinAsync(secret, name, cancellationToken);
            return TypedResults.Ok(Sessions.Grant(context, request.Session, room, member, token));
        }
        catch (Errors.HubErrorException e) when (e.Code == ErrorCodes.NotFound)
        {
            failedJoins.Count(context);
            throw;
        }
    }

    private static async Task<Ok<Room>> ChangeAsync(
        ChangeRoomRequest request, RoomCaller caller, RoomLifecycle lifecycle, CancellationToken cancellationToken)
    {
        var name = NameText.Require(request.Name, "name", Texts.MaxRoomName);
        return TypedResults.Ok(await lifecycle.RenameAsync(caller, name, cancellationToken));
    }

    private static async Task<NoContent> DeleteAsync(
        RoomCaller caller, RoomLifecycle lifecycle, CancellationToken cancellationToken)
    {
        await lifecycle.DeleteAsync(caller.RoomId, cancellationToken);
        return TypedResults.NoContent();
    }
}
