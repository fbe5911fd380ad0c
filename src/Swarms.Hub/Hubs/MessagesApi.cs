using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs;

/// <summary>The door for saying something over HTTP, as <see cref="RoomHub.Say"/>.</summary>
internal static class MessagesApi
{
    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rooms/{room}/messages", SayAsync).RequireAuthorization(RoomPolicies.Viewer).WithSummary("Says something in the room.");
        return routes;
    }

    private static async Task<Created<MessageSaid>> SayAsync(SayRequest request, RoomCaller caller, RoomVoices voices, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, new MessageSaid { Sequence = await voices.SayAsync(caller, request.Text, cancellationToken) });
}
