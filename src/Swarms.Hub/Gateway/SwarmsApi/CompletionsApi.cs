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
/// Next: <see cref="Completions"/>, <see cref="Batches"/>.
/// </summary>
internal static class CompletionsApi
{
    public static IEndpointRouteBuilder MapCompletions(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        // The token names the room, so the doors ask the policy themselves.
        var doors = routes.MapGroup("/v1").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(maxBytes));
        Map(doors, "/agent/completions", body => RunRequest.Parse(RunKinds.Agent, body, isStreamed: null))
            .Produces<JsonElement>(200, "application/json", "text/event-stream")
            .WithName("completeAgent")
            .WithSummary("The Swarms API's own call for an agent; its room watches.");
        Map(doors, "/swarm/completions", body => RunRequest.Parse(RunKinds.Swarm, body, isStreamed: null))
            .Produces<JsonElement>(200, "application/json", "text/event-stream")
            .WithName("completeSwarm")
            .WithSummary("The Swarms API's own call for a swarm; its room watches.");
        MapOther(doors, "reasoning-agent", RunKinds.Agent)
            .WithName("completeReasoning")
            .WithSummary("The Swarms API's own call for a reasoning agent: a run of the room, answered as one JSON.");
        MapOther(doors, "graph-workflow", RunKinds.Swarm)
            .WithName("completeGraph")
            .WithSummary("The Swarms API's own call for a graph of agents: a run of the room, answered as one JSON.");
        MapOther(doors, "batched-grid-workflow", RunKinds.Swarm)
            .WithName("completeGrid")
            .WithSummary("The Swarms API's own call for agents and tasks in a grid: a run of the room, answered as one JSON.");
        MapOther(doors, "auto-swarm-builder", RunKinds.Swarm)
            .WithName("buildSwarm")
            .WithSummary("The Swarms API's own call that designs a swarm: a run of the room, answered as one JSON.");
        MapOther(doors, "advanced-research", RunKinds.Swarm)
            .WithName("completeResearch")
            .WithSummary("The Swarms API's own call for research: a run of the room, answered as one JSON.");
        MapBatch(doors, "/agent/batch/completions", BatchForm.Agents)
            .WithName("completeAgentBatch")
            .WithSummary("The Swarms API's own call for up to ten agents: each is a run of the room, and they are answered as one JSON.");
        MapBatch(doors, "/swarm/batch/completions", BatchForm.Swarms)
            .WithName("completeSwarmBatch")
            .WithSummary("The Swarms API's own call for up to ten swarms: each is a run of the room, and they are answered as one JSON.");
        MapBatch(doors, "/advanced-research/batch/completions", BatchForm.Research)
            .WithName("completeResearchBatch")
            .WithSummary("The Swarms API's own call for up to ten pieces of research: each is a run, and they are answered as one JSON.");
        return routes;
    }

    private static RouteHandlerBuilder MapOther(RouteGroupBuilder doors, string noun, string kind) =>
        Map(doors, $"/{noun}/completions", body => RunRequest.ParseOther($"v1/{noun}/completions", kind, body))
            .Produces<JsonElement>(200, "application/json");

    private static RouteHandlerBuilder MapBatch(RouteGroupBuilder doors, string path, BatchForm form) => Refusing(doors
        .MapPost(path, async (HttpContext context, CompletionsCaller callers, Batches batches) =>
            await batches.AnswerAsync(context, await callers.RequireAsync(context), form)))
        .Produces<JsonElement>(200, "application/json");

    // Accepts is not declared: it would refuse requests without a content type, which the Swarms API serves.
    private static RouteHandlerBuilder Map(RouteGroupBuilder doors, string path, Func<ReadOnlyMemory<byte>, RunRequest> parse) =>
        Refusing(doors.MapPost(path, async (HttpContext context, CompletionsCaller callers, Completions completions) =>
            await completions.AnswerAsync(context, await callers.RequireAsync(context), parse)));

    private static RouteHandlerBuilder Refusing(RouteHandlerBuilder door) => door.AlsoRefuses(
        ErrorCodes.OverBudget, ErrorCodes.QueueFull, ErrorCodes.UpstreamUnreachable, ErrorCodes.UpstreamRejected,
        ErrorCodes.UpstreamError, ErrorCodes.UpstreamTruncated, ErrorCodes.UpstreamIdle, ErrorCodes.TooLong);
}
