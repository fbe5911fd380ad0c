using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms;

/// <summary>The door for saying something and reacting over HTTP, as <see cref="Hubs.RoomHub.Say"/> and <see cref="Hubs.RoomHub.React"/>.</summary>
internal static class MessagesApi
{
    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rooms/{room}/messages", SayAsync).RequireAuthorization(RoomPolicies.Viewer).WithSummary("Says something in the room.");
        routes.MapPost("/api/rooms/{room}/reactions", ReactAsync).RequireAuthorization(RoomPolicies.Viewer).WithSummary("Reacts to an event.");
        return routes;
    }

    private static async Task<NoContent> ReactAsync(ReactRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken)
    {
        await messages.ReactAsync(caller, request.Target, request.Emoji, request.Cursor, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Created<MessageSaid>> SayAsync(SayRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, new MessageSaid { Sequence = await messages.SayAsync(caller, request.Text, cancellationToken) });
}
