using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;

namespace Swarms.Hub.Rooms;

/// <summary>
/// The door for hands over HTTP, with the calls of <see cref="Hubs.RoomHub"/>. Called by many requests at once, on any thread.
/// Next: <see cref="RoomHands"/>.
/// </summary>
internal static class HandsApi
{
    public static IEndpointRouteBuilder MapHands(this IEndpointRouteBuilder routes)
    {
        var hands = routes.MapGroup("/api/rooms/{room}/hands").RequireAuthorization(RoomPolicies.Viewer);
        hands.MapPut("me", RaiseAsync).WithName("raiseHand").WithSummary("Raises the caller's hand.");
        hands.MapDelete("me", LowerOwnAsync).WithName("lowerHand").WithSummary("Lowers the caller's hand.");
        hands.MapDelete("{member}", LowerAsync).WithName("lowerHandOf").WithSummary("Lowers a member's hand.");
        hands.MapDelete("", LowerAllAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("lowerAllHands")
            .WithSummary("Lowers all hands.");
        return routes;
    }

    private static async Task<NoContent> RaiseAsync(RoomCaller caller, RoomHands hands, CancellationToken cancellationToken)
    {
        await hands.SetAsync(caller, isRaised: true, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> LowerOwnAsync(RoomCaller caller, RoomHands hands, CancellationToken cancellationToken)
    {
        await hands.SetAsync(caller, isRaised: false, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> LowerAsync(
        string member, RoomCaller caller, RoomHands hands, CancellationToken cancellationToken)
    {
        await hands.LowerAsync(caller, member, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> LowerAllAsync(RoomCaller caller, RoomHands hands, CancellationToken cancellationToken)
    {
        await hands.LowerAllAsync(caller, cancellationToken);
        return TypedResults.NoContent();
    }
}
