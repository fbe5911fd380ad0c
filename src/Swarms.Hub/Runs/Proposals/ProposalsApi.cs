using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The door for deciding about proposals and for supporting them. Called by many requests at once, on any thread.
/// Next: <see cref="IRunDirectory"/>.
/// </summary>
internal static class ProposalsApi
{
    public static IEndpointRouteBuilder MapProposals(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api/rooms/{room}/runs/{run}").RequireAuthorization(RoomPolicies.Viewer);
        runs.MapPost("approve", ApproveAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute((6 * Run.MaxTaskLength) + 4_096))
            .AlsoRefuses(ErrorCodes.OverBudget, ErrorCodes.QueueFull)
            .WithName("approveRun")
            .WithSummary("Approves a proposal, perhaps with another task.");
        runs.MapPost("decline", DeclineAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("declineRun")
            .WithSummary("Declines a proposal.");
        runs.MapPost("place", PlaceAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("placeRun")
            .WithSummary("Puts a proposal before another one.");
        runs.MapPut("support", SupportAsync).WithName("supportRun").WithSummary("Supports a proposal.").AlsoRefuses(ErrorCodes.TooLarge);
        runs.MapDelete("support", UnsupportAsync).WithName("unsupportRun").WithSummary("Takes the support back.");
        return routes;
    }

    private static async Task<Ok<Run>> ApproveAsync(
        string run, ApproveRunRequest? request, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.ApproveAsync(caller, run, request?.Task, cancellationToken));

    private static async Task<Ok<Run>> DeclineAsync(
        string run, DeclineRunRequest? request, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.DeclineAsync(caller, run, request?.Reason, cancellationToken));

    private static async Task<NoContent> PlaceAsync(
        string run, PlaceRunRequest? request, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.PlaceAsync(caller, run, request?.Before, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SupportAsync(
        string run, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.SupportAsync(caller, run, isSupported: true, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UnsupportAsync(
        string run, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.SupportAsync(caller, run, isSupported: false, cancellationToken);
        return TypedResults.NoContent();
    }
}
