using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>The door for the models that a room may use. Called by many requests at once, on any thread.</summary>
internal static class ModelsApi
{
    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rooms/{room}/models", ListAsync)
            .RequireAuthorization(RoomPolicies.Viewer)
            .WithName("listModels")
            .WithSummary("The models that runs of the room may use.");
        return routes;
    }

    private static async Task<Ok<RoomModels>> ListAsync(
        RoomCaller caller, IRoomDirectory rooms, RoomModelList models, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return TypedResults.Ok(models.Read(lease.Log));
    }
}
