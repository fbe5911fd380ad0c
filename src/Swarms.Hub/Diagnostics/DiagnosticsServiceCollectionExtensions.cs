namespace Swarms.Hub.Diagnostics;

internal static class DiagnosticsServiceCollectionExtensions
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<HubMetrics>();
        services.AddSingleton<MetricsExport>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsExport>());
        services.AddSingleton<HubShutdown>();
        services.AddSingleton<HubStartup>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<HubStartup>());
        services.AddHostedService(provider => provider.GetRequiredService<HubStartup>());
        return services;
    }
}
