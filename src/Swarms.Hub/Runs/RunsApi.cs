using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Bodies;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The door for starting, listing, reading, cancelling, hiding and removing runs over HTTP. Called by many requests at once, on any thread.
/// Next: <see cref="IRunDirectory"/>.
/// </summary>
internal static class RunsApi
{
    private const string DefaultLimit = "20";
    private const int MaxLimit = 100;

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        var runs = routes.MapGroup("/api/rooms/{room}/runs").RequireAuthorization(RoomPolicies.Viewer);
        runs.MapPost("", StartAsync)
            .Accepts<StartRunRequest>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(maxBytes))
            .AlsoRefuses(ErrorCodes.OverBudget, ErrorCodes.QueueFull)
            .WithName("startRun")
            .WithSummary("Starts a run, or proposes it in a moderated room.");
        runs.MapGet("", ListAsync).WithName("listRuns").WithSummary("Lists and searches runs, newest first, without texts.");
        LaneReads.Allow(runs.MapGet("{run}/passage", GetPassageAsync))
            .AlsoRefuses(ErrorCodes.Conflict)
            .WithName("getPassage")
            .WithSummary("A passage of a run by its place in the text, or by its chunks.");
        LaneReads.Allow(runs.MapGet("{run}", GetAsync)).WithName("getRun").WithSummary("One run with its text.");
        runs.MapPost("{run}/cancel", CancelAsync)
            .WithName("cancelRun")
            .WithSummary("Cancels a run; its text so far stays. Withdraws a proposal.");
        runs.MapPost("{run}/hide", HideAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("hideRun")
            .WithSummary("Hides an ended run.");
        runs.MapPost("{run}/show", ShowAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("showRun")
            .WithSummary("Shows a hidden run again.");
        runs.MapDelete("{run}", RemoveAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("removeRun")
            .WithSummary("Removes an ended run; its task and text are erased.");
        return routes.MapModels().MapProposals().MapLanes().MapRunGroups();
    }

    private static async Task<Accepted<RunStarted>> StartAsync(
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, RoomCaller caller, IRunDirectory runs, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("The body is no JSON.", StatusCodes.Status415UnsupportedMediaType);

        using var body = await AdmittedBody.ReadWholeAsync(context);
        var asked = StartRunBody.Read(body.Bytes);
        var key = asked.IdempotencyKey ?? idempotencyKey;
        var thread = asked.ReadThread();
        var run = AgentStart.Read(asked.Agent, asked.Task, asked.Kind, asked.Request is not null, key, thread) is { } start
            ? await runs.StartAsync(caller, start, cancellationToken)
            : await runs.StartAsync(caller, ReadRequest(asked, body) with { Thread = thread }, key, null, cancellationToken);
        return TypedResults.Accepted($"/api/rooms/{caller.RoomId}/runs/{run.Id}", new RunStarted { Run = run });
    }

    private static RunRequest ReadRequest(StartRunBody asked, HeldBody body) => asked.Request is { } request
        ? RunRequest.Parse(asked.Kind, request.Of(body.Bytes), isStreamed: true) with { Reservation = body.Reservation }
        : throw RunStarter.RequestMissing();

    private static async Task<Ok<RunPage>> ListAsync(
        [Description("A part of a word of the texts and tasks.")] string? q,
        [Description("The first run of a thread: only that thread's runs.")] string? thread,
        [Description("The run before which the page ends: the next of the last page.")] string? before,
        [Range(1, MaxLimit), DefaultValue(DefaultLimit)] string? limit,
        RoomCaller caller, IRoomDirectory rooms, IRoomStore store,
        HeavyReads heavy, CancellationToken cancellationToken)
    {
        var count = ParseLimit(limit ?? DefaultLimit);
        using var search = string.IsNullOrEmpty(q) ? null : heavy.Begin(caller);
        var filter = new RunFilter { Text = q, Thread = thread, Before = before };
        var runs = await store.ListRunsAsync(caller.RoomId, filter, count + 1, cancellationToken)
            ?? throw new HubErrorException(ErrorCodes.Invalid, "before must be the id of a run of this room: the next of the last page.");
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return TypedResults.Ok(new RunPage
        {
            Runs = [.. runs.Take(count).Select(run => RunStates.HasEnded(run.State) ? run : AsItIs(lease.Log, run))],
            Next = runs.Count > count ? runs[count - 1].Id : null,
        });
    }

    private static int ParseLimit(string limit) =>
        int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxLimit
            ? number
            : throw new HubErrorException(ErrorCodes.Invalid, $"limit must be 1 to {MaxLimit}.");

    // The store has a run as it was recorded and as it ended. The room has its state in between.
    private static Run AsItIs(RoomLog log, Run recorded) =>
        (log.Query(state => state.FindRun(recorded.Id)?.ToRun()) ?? recorded) with { Text = null, Parts = null };

    private static async Task<Ok<Run>> GetAsync(
        string run, RoomCaller caller, IRoomDirectory rooms, RunReader reader, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return TypedResults.Ok(await reader.GetAsync(lease.Log, run, cancellationToken));
    }

    private static async Task<Ok<RunPassage>> GetPassageAsync(
        string run,
        [Description("The place in the run's text where the passage starts, in UTF-16 units; with end.")] int? start,
        [Description("The place behind the passage.")] int? end,
        [Description("Instead of start and end: the sequence of the first chunk.")] long? from,
        [Description("The place in the first chunk.")] int? fromOffset,
        [Description("The sequence of the last chunk.")] long? to,
        [Description("The place in the last chunk.")] int? toOffset,
        RoomCaller caller, IRoomDirectory rooms,
        RunPassages passages, HeavyReads heavy, CancellationToken cancellationToken)
    {
        using var read = heavy.Begin(caller);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        if (start is not null && end is not null)
            return TypedResults.Ok(await passages.FindAsync(lease.Log, run, start.Value, end.Value, cancellationToken));

        if (from is null || fromOffset is null || to is null || toOffset is null)
            throw new HubErrorException(ErrorCodes.Invalid, "Give start and end, or from, fromOffset, to and toOffset.");

        var passage = new Passage(run, from.Value, fromOffset.Value, to.Value, toOffset.Value);
        return TypedResults.Ok(await passages.ReadAsync(lease.Log, passage, cancellationToken));
    }

    private static async Task<Ok<Run>> CancelAsync(
        string run, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.CancelAsync(caller, run, cancellationToken));

    private static async Task<NoContent> HideAsync(
        string run, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.HideAsync(caller, run, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ShowAsync(
        string run, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.ShowAsync(caller, run, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveAsync(
        string run, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.RemoveAsync(caller, run, cancellationToken);
        return TypedResults.NoContent();
    }
}
