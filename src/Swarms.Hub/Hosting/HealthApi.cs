using Microsoft.AspNetCore.Http.HttpResults;
using Prometheus;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Hosting;

/// <summary>The doors for operators: health, readiness, metrics, and the API document with its page.</summary>
internal static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var metrics = routes.ServiceProvider.GetRequiredService<MetricsExport>().Registry;
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
            .WithSummary("Answers while rooms can be served; says what hinders otherwise.");
        routes.MapMetrics(OperatorAddresses.Metrics, metrics).RequireAuthorization(RoomPolicies.Inspect);
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(RoomPolicies.Inspect);
        routes.MapApiReference();
        return routes;
    }

    private static ContentHttpResult GetReadiness(IEnumerable<IReadiness> parts) =>
        parts.Select(part => part.FindObstacle()).FirstOrDefault(obstacle => obstacle is not null) is { } obstacle
            ? TypedResults.Text(obstacle, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ready");
}
