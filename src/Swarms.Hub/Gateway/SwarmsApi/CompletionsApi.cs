using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
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
        var doors = routes.MapGroup("/v1").WithMetadata(new RequestSizeLimitAttribute(maxBytes));
        Map(doors, "/agent/completions", RunKinds.Agent).WithSummary("The Swarms API's own call for an agent; its room watches.");
        Map(doors, "/swarm/completions", RunKinds.Swarm).WithSummary("The Swarms API's own call for a swarm; its room watches.");
        return routes;
    }

    // Accepts is not declared: it would refuse requests without a content type, which the Swarms API serves.
    private static RouteHandlerBuilder Map(RouteGroupBuilder doors, string path, string kind) => doors
        .MapPost(path, (
            HttpContext context, CompletionsCaller callers, MemberConnections connections, IRunDirectory runs, CompletionsWriter writer) =>
            CompleteAsync(kind, context, callers, connections, runs, writer))
        .Produces<JsonElement>(200, "application/json", "text/event-stream");

    private static async Task CompleteAsync(
        string kind, HttpContext context, CompletionsCaller callers, MemberConnections connections, IRunDirectory runs,
        CompletionsWriter writer)
    {
        var caller = await callers.RequireAsync(context);
        // Before the start, which asks for the membership again: so a removal either refuses the start or ends the answer.
        using var registration = connections.Open(caller);
        var body = await ReadBodyAsync(context);
        var request = RunRequest.Parse(kind, body, isStreamed: null);
        var relay = new RunRelay();
        var run = await runs.StartAsync(caller, request, null, relay, context.RequestAborted);
        await writer.WriteAsync(context, run.Id, relay, registration);
    }

    private static async Task<JsonElement> ReadBodyAsync(HttpContext context)
    {
        try
        {
            // The content type is ignored, because the Swarms API serves programs that send none.
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new HubErrorException(
                ErrorCodes.Invalid, $"The body is not valid JSON, or is nested too deep (line {e.LineNumber + 1}).");
        }
    }
}
