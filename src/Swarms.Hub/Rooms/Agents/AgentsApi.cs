using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// The door for a room's agents. The room's state shows them, so nothing here reads. Called by many requests at once, on any thread.
/// Next: <see cref="RoomAgents"/>.
/// </summary>
internal static class AgentsApi
{
    // A system prompt and the presets, each unit as an escape of six bytes, and room for the config and the secrets.
    internal const int MaxBodyBytes = 524_288;

    public static IEndpointRouteBuilder MapRoomAgents(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/api/rooms/{room}/agents/{agent}").RequireAuthorization(RoomPolicies.Host);
        agents.MapPut("", SetAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .WithName("setAgent")
            .WithSummary("Adds an agent to the room, or replaces all of it but its secrets.");
        agents.MapDelete("", RemoveAsync).WithName("removeAgent").WithSummary("Removes an agent with its secrets; its runs go on.");
        return routes;
    }

    private static async Task<Results<Ok<RoomAgent>, Created<RoomAgent>>> SetAsync(
        string agent, SetAgentRequest request, RoomCaller caller, RoomAgents agents, CancellationToken cancellationToken)
    {
        var (set, isNew) = await agents.SetAsync(caller, agent, request, cancellationToken);
        return isNew ? TypedResults.Created((string?)null, set) : TypedResults.Ok(set);
    }

    private static async Task<NoContent> RemoveAsync(
        string agent, RoomCaller caller, RoomAgents agents, CancellationToken cancellationToken)
    {
        await agents.RemoveAsync(caller, agent, cancellationToken);
        return TypedResults.NoContent();
    }
}
