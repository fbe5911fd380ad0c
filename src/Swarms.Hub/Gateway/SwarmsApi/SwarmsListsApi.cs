using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// The Swarms API's lists and figures: those of the upstream, read with the hub's key, and the room's own agents and models. Calls that
/// would show the operator's account are refused. Called by many requests at once, on any thread. Next: <see cref="SwarmsLists"/>.
/// </summary>
internal static class SwarmsListsApi
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(15);

    public static IEndpointRouteBuilder MapSwarmsLists(this IEndpointRouteBuilder routes)
    {
        // The token names the room, so the doors ask the policy themselves.
        var doors = routes.MapGroup("/v1").AllowAnonymous();
        Map(doors, "swarms/available", Minutes)
            .WithName("listSwarmTypes")
            .WithSummary("The upstream's types of swarms, as the Swarms API lists them.");
        Map(doors, "tools/available", Minutes)
            .WithName("listDoorTools")
            .WithSummary("The upstream's tools, as the Swarms API lists them.");
        Map(doors, "reasoning-agent/types", Minutes)
            .WithName("listReasoningTypes")
            .WithSummary("The upstream's types of reasoning agents, as the Swarms API lists them.");
        Map(doors, "auto-swarm-builder/execution-types", Minutes)
            .WithName("listBuilderTypes")
            .WithSummary("The upstream's ways of designing a swarm, as the Swarms API lists them.");
        Map(doors, "rate/limits", Seconds)
            .WithName("getRateLimits")
            .WithSummary("The limits of the hub's key at the upstream, which all rooms share, at most 15 seconds old.");
        Map(doors, "usage/costs", Minutes, takesMoney: true)
            .WithName("getPrices")
            .WithSummary("The upstream's prices, for members who may see costs.");
        doors.MapGet("/models/available", ListModelsAsync)
            .Produces<JsonElement>(200, "application/json")
            .AlsoRefuses(Refusals)
            .WithName("listAvailableModels")
            .WithSummary("The models that the key can ask for, as the Swarms API lists them.");
        doors.MapGet("/agents/list", ListAgentsAsync)
            .Produces<JsonElement>(200, "application/json")
            .WithName("listDoorAgents")
            .WithSummary("The agents of the key's room, as the Swarms API lists those of an account.");
        routes.MapGet("/v1/account/credits", ReadCreditsAsync)
            .RequireAuthorization(RoomPolicies.Inspect)
            .Produces<JsonElement>(200, "application/json")
            .AlsoRefuses(Refusals)
            .WithName("getCredits")
            .WithSummary("The credits of the hub's account at the upstream, for its operator.")
            .WithDescription("For operators: with their key, or on a hub that is open.");
        Refuse(
            doors.MapGet, "/swarm/logs",
            "The hub does not pass on the Swarms API's logs: they hold the operator's key, and the work of all rooms.");
        Refuse(
            doors.MapPost, "/marketplace/agents",
            "The hub does not pass on the marketplace: it belongs to the operator's account, and nothing of it is a run of a room.");
        return routes;
    }

    private static string[] Refusals =>
    [
        ErrorCodes.NotFound, ErrorCodes.UpstreamUnreachable, ErrorCodes.UpstreamRejected, ErrorCodes.UpstreamError,
        ErrorCodes.UpstreamTruncated, ErrorCodes.UpstreamIdle,
    ];

    private static RouteHandlerBuilder Map(RouteGroupBuilder doors, string path, TimeSpan lifetime, bool takesMoney = false) => doors
        .MapGet($"/{path}", async (
            HttpContext context, CompletionsCaller callers, SwarmsLists lists, IRoomDirectory rooms, CancellationToken cancellationToken) =>
        {
            var caller = await callers.RequireAsync(context);
            if (takesMoney)
                await RequireMoneyAsync(caller, rooms, cancellationToken);

            await WriteAsync(context, await lists.ReadAsync($"v1/{path}", lifetime, cancellationToken));
        })
        .Produces<JsonElement>(200, "application/json")
        .AlsoRefuses(Refusals);

    // Its reason is one about the call, not about its caller.
    private static void Refuse(Func<string, Delegate, RouteHandlerBuilder> map, string path, string sentence) =>
        map(path, Task (HttpContext context) =>
                HubErrorHandler.WriteAsync(context, new HubErrorException(ErrorCodes.Forbidden, sentence)))
            .WithMetadata(RefusedDoor.Instance)
            .ExcludeFromDescription();

    private static async Task RequireMoneyAsync(RoomCaller caller, IRoomDirectory rooms, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        if (lease.Log.AudienceOf(caller.Member.Id) != Audience.WithCosts)
            throw new HubErrorException(ErrorCodes.Forbidden, "Only members who may see costs read the prices. Ask a host of this room.");
    }

    private static async Task ListModelsAsync(
        HttpContext context, CompletionsCaller callers, SwarmsLists lists, RoomModelNames models, CancellationToken cancellationToken)
    {
        var caller = await callers.RequireAsync(context);
        if (await models.FindAsync(caller, cancellationToken) is not { } own)
            await WriteAsync(context, await lists.ReadAsync("v1/models/available", Minutes, cancellationToken));
        else
            await context.Response.WriteAsJsonAsync(
                new { success = true, count = own.Count, models = own }, ProtocolJson.Options, cancellationToken);
    }

    // Those of the account are the work of all rooms.
    private static async Task ListAgentsAsync(
        HttpContext context, CompletionsCaller callers, IRoomDirectory rooms, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = await callers.RequireAsync(context);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var agents = lease.Log.Query(state => state.Agents
            .Select(agent => new { id = agent.Id, agent_name = agent.Name, model_name = agent.Model })
            .ToList());
        await context.Response.WriteAsJsonAsync(
            new { success = true, count = agents.Count, agents, timestamp = time.GetUtcNow() }, ProtocolJson.Options, cancellationToken);
    }

    private static async Task ReadCreditsAsync(HttpContext context, SwarmsLists lists, CancellationToken cancellationToken) =>
        await WriteAsync(context, await lists.ReadAsync("v1/account/credits", Seconds, cancellationToken));

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.BodyWriter.WriteAsync(json, context.RequestAborted);
    }
}
