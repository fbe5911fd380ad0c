using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// The Swarms API's own doors: a program that changes only its base URL and key gets its answer here, and the room of that key watches.
/// Called by many requests at once; each runs its own loop.
/// Next: <see cref="Completions"/>.
/// </summary>
internal static class CompletionsApi
{
    public static IEndpointRouteBuilder MapCompletions(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        // The token names the room, so the doors ask the policy themselves.
        var doors = routes.MapGroup("/v1").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(maxBytes));
        Map(doors, "/agent/completions", RunKinds.Agent)
            .WithName("completeAgent")
            .WithSummary("The Swarms API's own call for an agent; its room watches.");
        Map(doors, "/swarm/completions", RunKinds.Swarm)
            .WithName("completeSwarm")
            .WithSummary("The Swarms API's own call for a swarm; its room watches.");
        return routes;
    }

    // Accepts is not declared: it would refuse requests without a content type, which the Swarms API serves.
    private static RouteHandlerBuilder Map(RouteGroupBuilder doors, string path, string kind) => doors
        .MapPost(path, async (HttpContext context, CompletionsCaller callers, Completions completions) =>
            await completions.AnswerAsync(context, await callers.RequireAsync(context), kind))
        .Produces<JsonElement>(200, "application/json", "text/event-stream")
        .AlsoRefuses(
            ErrorCodes.OverBudget, ErrorCodes.QueueFull, ErrorCodes.UpstreamUnreachable, ErrorCodes.UpstreamRejected,
            ErrorCodes.UpstreamError, ErrorCodes.UpstreamTruncated, ErrorCodes.UpstreamIdle, ErrorCodes.TooLong);
}
