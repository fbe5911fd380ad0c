using Microsoft.AspNetCore.Http.HttpResults;
using Prometheus;

namespace Swarms.Hub.Diagnostics;

/// <summary>The doors for operators: is it alive, may it be used, what does it count.</summary>
internal static class OperationsApi
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<HubMetrics>();
        services.AddSingleton<MetricsExport>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsExport>());
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<HubShutdown>();
        services.AddSingleton<HubStartup>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<HubStartup>());
        services.AddHostedService(provider => provider.GetRequiredService<HubStartup>());
        services.AddSingleton(TimeProvider.System);
        services.AddExceptionHandler<HubErrorHandler>();
        services.AddProblemDetails();
        services.AddOpenApi(ApiDocument.Configure);
        return services;
    }

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok")).ExcludeFromDescription();
        routes.MapGet("/readyz", GetReadiness).ExcludeFromDescription();
        routes.MapMetrics("/metrics", routes.ServiceProvider.GetRequiredService<MetricsExport>().Registry);
        routes.MapOpenApi("/openapi/{documentName}.json");
        return routes;
    }

    /// <summary>True for an address of an operator, which answers also where rooms cannot be served.</summary>
    public static bool Serves(PathString path) => path == "/healthz" || path == "/readyz" || path == "/metrics";

    private static ContentHttpResult GetReadiness(IEnumerable<IReadiness> parts) =>
        parts.Select(part => part.FindObstacle()).FirstOrDefault(obstacle => obstacle is not null) is { } obstacle
            ? TypedResults.Text(obstacle, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ready");
}
