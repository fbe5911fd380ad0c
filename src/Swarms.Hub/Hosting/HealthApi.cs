using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>The doors for operators: health, readiness, metrics, and the API document with its page.</summary>
internal static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(OperatorAddresses.Health, () => TypedResults.Text("ok"))
            .AllowAnonymous()
            .Produces<string>(200, "text/plain")
            .WithName("getHealth")
            .WithSummary("Answers while the process lives.");
        routes.MapGet(OperatorAddresses.Readiness, GetReadiness)
            .AllowAnonymous()
            .Produces<string>(200, "text/plain")
            .Produces<string>(503, "text/plain")
            .WithName("getReadiness")
            .WithSummary("Answers while rooms can be served; says all that hinders otherwise, a sentence on each line.");
        // The address of the Swarms API, which its libraries ask.
        routes.MapGet("/health", GetDoorHealth)
            .AllowAnonymous()
            .AlsoRefuses(ErrorCodes.Starting)
            .WithName("getDoorHealth")
            .WithSummary("Answers as the Swarms API does while rooms can be served.");
        routes.MapPrometheusScrapingEndpoint(OperatorAddresses.Metrics).RequireAuthorization(RoomPolicies.Inspect);
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(RoomPolicies.Inspect);
        routes.MapApiReference();
        return routes;
    }

    private static Ok<DoorHealth> GetDoorHealth(IEnumerable<IReadiness> parts) => FindObstacles(parts) is [var obstacle, ..]
        ? throw new HubErrorException(ErrorCodes.Starting, $"The hub cannot serve rooms at the moment ({obstacle.TrimEnd('.')}).")
        : TypedResults.Ok(new DoorHealth("ok"));

    private static ContentHttpResult GetReadiness(IEnumerable<IReadiness> parts) =>
        FindObstacles(parts) is { Length: > 0 } obstacles
            ? TypedResults.Text(string.Join('\n', obstacles), statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ready");

    private static string[] FindObstacles(IEnumerable<IReadiness> parts) =>
        [.. parts.Select(part => part.FindObstacle()).OfType<string>()];

    /// <summary>The answer of <c>/health</c>.</summary>
    /// <param name="Status"><c>ok</c>.</param>
    internal sealed record DoorHealth(string Status);
}
