using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The door for masking and releasing text that is held. Called by many requests at once, on any thread. Next: <see cref="IRunDirectory"/>.
/// </summary>
internal static class LanesApi
{
    public static IEndpointRouteBuilder MapLanes(this IEndpointRouteBuilder routes)
    {
        var run = routes.MapGroup("/api/rooms/{room}/runs/{run}").RequireAuthorization(RoomPolicies.Host);
        run.MapPost("mask", MaskAsync).WithName("maskRun").WithSummary("Masks a passage of the text that is held.");
        run.MapPost("release", ReleaseAsync)
            .WithName("releaseRun")
            .WithSummary("Releases the text that is held, up to a place or all of it.");
        return routes;
    }

    private static async Task<NoContent> MaskAsync(
        string run, MaskRunRequest request, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.MaskAsync(caller, run, request.Start, request.End, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReleaseAsync(
        string run, ReleaseRunRequest request, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.ReleaseAsync(caller, run, request.To, cancellationToken);
        return TypedResults.NoContent();
    }
}
