using Microsoft.Extensions.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Swarms.Hub.Diagnostics;

/// <summary>
/// The way that figures and spans take out of the hub. <c>/metrics</c> is always there. Collectors get both by OTLP where the standard
/// variables name one (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or the ones for metrics and traces). Nothing is traced without one.
/// </summary>
internal static class TelemetryServiceCollectionExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Meters of the framework that tell an operator something; the others would be hundreds of series. In tests one process runs several
    // hubs, so only this hub's own meters are listened to.
    private static readonly string[] OwnMeters =
    [
        HubMetrics.MeterName,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics(metrics =>
        {
            foreach (var meter in OwnMeters)
                metrics.EnableMetrics(meter, instrumentName: null, listenerName: null, MeterScope.Local);

            metrics.EnableMetrics("System.Runtime", instrumentName: null, listenerName: null, MeterScope.Global);
        });
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("swarms-hub", serviceVersion: BuildGauges.Version)
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                // One program exports here, so a scope on each series would only repeat its name.
                metrics.AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false);
                if (IsCollected(configuration, "METRICS"))
                    metrics.AddOtlpExporter();
            });
        if (configuration.IsTraced())
            telemetry.WithTracing(tracing => tracing.AddSpans().AddOtlpExporter());

        return services;
    }

    /// <summary>True if a collector gets the hub's spans.</summary>
    public static bool IsTraced(this IConfiguration configuration) => IsCollected(configuration, "TRACES");

    private static TracerProviderBuilder AddSpans(this TracerProviderBuilder tracing) => tracing
        .AddSource(HubActivities.Source.Name, "Microsoft.AspNetCore.*")
        .AddAspNetCoreInstrumentation(requests => requests.Filter = context => IsTraced(context.Request.Path));

    // The page's files and the operator's addresses would bury the calls.
    private static bool IsTraced(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/v1") || path.StartsWithSegments("/hub");

    private static bool IsCollected(IConfiguration configuration, string signal) =>
        !string.IsNullOrEmpty(configuration[Endpoint])
        || !string.IsNullOrEmpty(configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]);
}
