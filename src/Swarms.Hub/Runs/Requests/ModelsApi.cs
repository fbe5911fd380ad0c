using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

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
        RoomCaller caller, IRoomDirectory rooms, UpstreamRouter upstreams, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var allowed = lease.Log.Query(state => state.Room.Settings?.Budget?.Models);
        return TypedResults.Ok(Of(upstreams, allowed));
    }

    /// <summary>Returns the models of all upstreams; where the room's budget names its models, those that have an upstream.</summary>
    internal static RoomModels Of(UpstreamRouter upstreams, IReadOnlyList<string>? allowed) => allowed is null
        ? new([.. upstreams.Models.Select(one => new RoomModel(one.Model, one.Upstream))], upstreams.IsOpen)
        : new(
            [.. from model in allowed
                let upstream = upstreams.FindUpstream(model)
                where upstream is not null
                select new RoomModel(model, upstream)],
            IsOpen: false);
}
