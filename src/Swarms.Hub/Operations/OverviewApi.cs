using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Operations;

/// <summary>The door at which the operator sees the whole hub.</summary>
internal static class OverviewApi
{
    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/overview", ReadAsync)
            .RequireAuthorization(RoomPolicies.Inspect)
            .WithName("getOverview")
            .WithSummary("Rooms, members, runs, spending, disk and the newest problems of the whole hub.");
        return routes;
    }

    private static async Task<Ok<HubOverview>> ReadAsync(Overview overview, CancellationToken cancellationToken) =>
        TypedResults.Ok(await overview.ReadAsync(cancellationToken));
}
