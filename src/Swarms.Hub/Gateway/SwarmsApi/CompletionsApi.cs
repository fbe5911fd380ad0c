using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Bodies;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// The Swarms API's own doors: a program that changes only its base URL and key gets its answer here, and the room of that key watches.
/// Called by many requests at once; each runs its own loop.
/// Next: <see cref="IRunDirectory"/> for the run, <see cref="CompletionsWriter"/> for the answer.
/// </summary>
internal static class CompletionsApi
{
    public static IEndpointRouteBuilder MapCompletions(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        // The token names the room, so the doors ask the policy themselves.
        var doors = routes.MapGroup("/v1").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(maxBytes));
        Map(doors, "/agent/completions", RunKinds.Agent).WithSummary("The Swarms API's own call for an agent; its room watches.");
        Map(doors, "/swarm/completions", RunKinds.Swarm).WithSummary("The Swarms API's own call for a swarm; its room watches.");
        return routes;
    }

    // Accepts is not declared: it would refuse requests without a content type, which the Swarms API serves.
    private static RouteHandlerBuilder Map(RouteGroupBuilder doors, string path, string kind) => doors
        .MapPost(path, (HttpContext context, CompletionsCaller callers, IRunDirectory runs, CompletionsWriter writer) =>
            CompleteAsync(kind, context, callers, runs, writer))
        .Produces<JsonElement>(200, "application/json", "text/event-stream");

    private static async Task CompleteAsync(
        string kind, HttpContext context, CompletionsCaller callers, IRunDirectory runs, CompletionsWriter writer)
    {
        var caller = await callers.RequireAsync(context);
        // The body is read under the room's share.
        context.Features.Set(caller);
        var relay = new RunRelay();
        var run = await StartAsync(kind, context, caller, runs, relay);
        await writer.WriteAsync(context, caller, run.Id, relay);
    }

    // A method of its own, so that the body is not kept in memory while the answer is written.
    private static async Task<Run> StartAsync(string kind, HttpContext context, RoomCaller caller, IRunDirectory runs, RunRelay relay)
    {
        // The content type is ignored, because the Swarms API serves programs that send none.
        using var body = await AdmittedBody.ReadWholeAsync(context);
        var request = RunRequest.Parse(kind, body.Bytes, isStreamed: null) with { Reservation = body.Reservation };
        return await runs.StartAsync(caller, request, null, relay, context.RequestAborted);
    }
}
