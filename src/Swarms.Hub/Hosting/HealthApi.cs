using Microsoft.AspNetCore.Http.HttpResults;
using Prometheus;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Hosting;

/// <summary>The doors for operators: health, readiness, metrics and the API document.</summary>
internal static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(OperatorAddresses.Health, () => TypedResults.Text("ok")).ExcludeFromDescription();
        routes.MapGet(OperatorAddresses.Readiness, GetReadiness).ExcludeFromDescription();
        routes.MapMetrics(OperatorAddresses.Metrics, routes.ServiceProvider.GetRequiredService<MetricsExport>().Registry);
        routes.MapOpenApi("/openapi/{documentName}.json");
        return routes;
    }

    private static ContentHttpResult GetReadiness(IEnumerable<IReadiness> parts) =>
        parts.Select(part => part.FindObstacle()).FirstOrDefault(obstacle => obstacle is not null) is { } obstacle
            ? TypedResults.Text(obstacle, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ready");
}
