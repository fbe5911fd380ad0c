using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// The door for messages and reactions over HTTP, with the calls of <see cref="Hubs.RoomHub.Say"/> and <see cref="Hubs.RoomHub.React"/>.
/// Called by many requests at once, on any thread. Next: <see cref="RoomMessages"/>.
/// </summary>
internal static class MessagesApi
{
    // A message's longest text, each unit as an escape of six bytes, and room for the field's name.
    private const int MaxBodyBytes = (6 * Texts.MaxMessage) + 4_096;

    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rooms/{room}/messages", SayAsync)
            .RequireAuthorization(RoomPolicies.Viewer)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .WithSummary("Says something in the room.");
        routes.MapPost("/api/rooms/{room}/reactions", ReactAsync)
            .RequireAuthorization(RoomPolicies.Viewer)
            .WithSummary("Reacts to an event.");
        return routes;
    }

    private static async Task<NoContent> ReactAsync(
        ReactRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken)
    {
        await messages.ReactAsync(caller, request.Target, request.Emoji, request.Cursor, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Created<MessageSaid>> SayAsync(
        SayRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken)
    {
        var sequence = await messages.SayAsync(caller, request.Text, cancellationToken);
        return TypedResults.Created((string?)null, new MessageSaid { Sequence = sequence });
    }
}
