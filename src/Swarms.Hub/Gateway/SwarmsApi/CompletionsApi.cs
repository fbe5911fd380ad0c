using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// The Swarms API's own doors: a program written for it, with only its base URL and key changed, gets its answer here while the
/// room of that key watches. Next: <see cref="IRunDirectory"/>, and back through <see cref="RunRelay"/> to
/// <see cref="CompletionsWriter"/>.
/// </summary>
internal static class CompletionsApi
{
    public static IEndpointRouteBuilder MapCompletions(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        var doors = routes.MapGroup("/v1").WithMetadata(new RequestSizeLimitAttribute(maxBytes));
        Describe(doors.MapPost("/agent/completions", (HttpContext context, CompletionsCaller callers, IRunDirectory runs, CompletionsWriter writer) =>
            CompleteAsync(RunKinds.Agent, context, callers, runs, writer))).WithSummary("The Swarms API's own call for an agent; its room watches.");
        Describe(doors.MapPost("/swarm/completions", (HttpContext context, CompletionsCaller callers, IRunDirectory runs, CompletionsWriter writer) =>
            CompleteAsync(RunKinds.Swarm, context, callers, runs, writer))).WithSummary("The Swarms API's own call for a swarm; its room watches.");
        return routes;
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder door) =>
        // No Accepts: it would refuse what programs send that name no content type, and the Swarms API serves those.
        door.Produces<JsonElement>(200, "application/json", "text/event-stream");

    private static async Task CompleteAsync(string kind, HttpContext context, CompletionsCaller callers, IRunDirectory runs, CompletionsWriter writer)
    {
        var caller = await callers.RequireAsync(context);
        var body = await ReadBodyAsync(context);
        var request = RunRequest.Parse(kind, body, isStreamed: null);
        var relay = new RunRelay();
        var run = await runs.StartAsync(caller, request, null, relay, context.RequestAborted);
        await writer.WriteAsync(context, caller, run.Id, relay);
    }

    private static async Task<JsonElement> ReadBodyAsync(HttpContext context)
    {
        try
        {
            // Whatever the Content-Type: programs that send none are served by the Swarms API, too.
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new HubErrorException(ErrorCodes.Invalid, $"The body is not valid JSON, or is nested too deep (line {e.LineNumber + 1}).");
        }
    }
}
