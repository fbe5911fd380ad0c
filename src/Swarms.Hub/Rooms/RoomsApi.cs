using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door for creating, changing and deleting rooms.</summary>
internal static class RoomsApi
{
    public static IEndpointRouteBuilder MapRoomLifecycle(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rooms", CreateAsync)
            .RequireAuthorization(RoomPolicies.CreateRoom)
            .WithName("createRoom")
            .WithSummary("Creates a room; the caller is its host.");
        routes.MapPatch("/api/rooms/{room}", ChangeAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("changeRoom")
            .WithSummary("Changes the room's name and settings.");
        routes.MapDelete("/api/rooms/{room}", DeleteAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("deleteRoom")
            .WithSummary("Deletes the room with everything in it.");
        return routes;
    }

    private static async Task<Created<RoomAdmission>> CreateAsync(
        CreateRoomRequest request, RoomLifecycle lifecycle, Admissions admissions, CallRates rates, HttpContext context,
        CancellationToken cancellationToken)
    {
        var name = NameText.Require(request.Name, "name", Texts.MaxRoomName);
        var memberName = NameText.Require(request.MemberName ?? "Host", "memberName", Texts.MaxMemberName);
        var access = await admissions.PrepareAsync(context, request.Session, request.ExpiresInSeconds, cancellationToken);
        rates.CountRoom(ClientNetwork.Of(context.Connection.RemoteIpAddress));
        var (room, member) = await lifecycle.CreateAsync(name, memberName, access, cancellationToken);
        return TypedResults.Created($"{context.Request.PathBase}/api/rooms/{room.Id}", admissions.Grant(context, access, room, member));
    }

    private static async Task<Ok<Room>> ChangeAsync(
        ChangeRoomRequest request, RoomCaller caller, RoomChanges changes, CancellationToken cancellationToken)
    {
        if (request is { Name: null, Settings: null })
            throw new HubErrorException(ErrorCodes.Invalid, "Give a name or settings, such as {\"settings\": {\"locked\": true}}.");

        var name = request.Name is null ? null : NameText.Require(request.Name, "name", Texts.MaxRoomName);
        return TypedResults.Ok(await changes.ChangeAsync(caller, name, request.Settings, cancellationToken));
    }

    private static async Task<NoContent> DeleteAsync(
        RoomCaller caller, RoomLifecycle lifecycle, CancellationToken cancellationToken)
    {
        await lifecycle.DeleteAsync(caller, cancellationToken);
        return TypedResults.NoContent();
    }
}
