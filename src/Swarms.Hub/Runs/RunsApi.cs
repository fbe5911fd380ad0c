using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>The door for starting, listing, reading and cancelling runs over HTTP. Next: <see cref="IRunDirectory"/>.</summary>
internal static class RunsApi
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        var runs = routes.MapGroup("/api/rooms/{room}/runs").RequireAuthorization(RoomPolicies.Viewer);
        runs.MapPost("", StartAsync).RequireAuthorization(RoomPolicies.Participant).WithMetadata(new RequestSizeLimitAttribute(maxBytes)).WithSummary("Starts a run.");
        runs.MapGet("", ListAsync).WithSummary("Lists and searches runs, newest first, without texts.");
        runs.MapGet("{run}", GetAsync).WithSummary("One run with its text.");
        runs.MapPost("{run}/cancel", CancelAsync).RequireAuthorization(RoomPolicies.Participant).WithSummary("Cancels a run; its text so far stays.");
        return routes;
    }

    private static async Task<Accepted<RunStarted>> StartAsync(
        StartRunRequest startRun, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        var run = await runs.StartAsync(caller, startRun with { IdempotencyKey = startRun.IdempotencyKey ?? idempotencyKey }, cancellationToken);
        return TypedResults.Accepted($"/api/rooms/{caller.RoomId}/runs/{run.Id}", new RunStarted { Run = run });
    }

    private static async Task<Ok<RunPage>> ListAsync(
        string? q, string? before, string? limit, RoomCaller caller, IRoomDirectory rooms, IRoomStore store, CancellationToken cancellationToken)
    {
        var count = limit is null ? DefaultLimit
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxLimit ? number
            : throw new HubErrorException(ErrorCodes.Invalid, $"limit must be 1 to {MaxLimit}.");
        var runs = await store.ListRunsAsync(caller.RoomId, q, before, count + 1, cancellationToken)
            ?? throw new HubErrorException(ErrorCodes.Invalid, "before must be the id of a run of this room: the next of the last page.");
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return TypedResults.Ok(new RunPage
        {
            Runs = [.. runs.Take(count).Select(run => RunStates.HasEnded(run.State) ? run : AsItIs(lease.Log, run))],
            Next = runs.Count > count ? runs[count - 1].Id : null,
        });
    }

    // The store has a run as it was recorded and as it ended; what lies between is in the room.
    private static Run AsItIs(RoomLog log, Run recorded) =>
        (log.Query(state => state.FindRun(recorded.Id)?.ToRun()) ?? recorded) with { Text = null, Parts = null };

    private static async Task<Ok<Run>> GetAsync(string run, RoomCaller caller, IRoomDirectory rooms, RunReader reader, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return TypedResults.Ok(await reader.GetAsync(lease.Log, run, cancellationToken));
    }

    private static async Task<Ok<Run>> CancelAsync(string run, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.CancelAsync(caller, run, cancellationToken));
}
