namespace Swarms.Hub.Diagnostics;

internal static class DiagnosticsServiceCollectionExtensions
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<HubMetrics>();
        services.AddSingleton<IGauges, BuildGauges>();
        services.AddHostedService<GaugesStartup>();
        services.AddTelemetry(configuration);
        services.AddSingleton<HubShutdown>();
        services.AddSingleton<HubStartup>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<HubStartup>());
        services.AddHostedService(provider => provider.GetRequiredService<HubStartup>());
        return services;
    }
}
