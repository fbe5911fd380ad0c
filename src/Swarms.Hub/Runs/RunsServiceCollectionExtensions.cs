using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Runs;

internal static class RunsServiceCollectionExtensions
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddOptions<RunOptions>().BindConfiguration("Runs").ValidateDataAnnotations().ValidateOnStart();
        // The gates are asked in this order.
        services.AddSingleton<IRunGate, HeldRequests>();
        services.AddSingleton<IRunGate, RunQueue>();
        services.AddSingleton<RunRegistry>();
        services.AddSingleton<RunLauncher>();
        services.AddSingleton<IdempotencyGate>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunCancellation>();
        services.AddSingleton<IReadiness, RunReadiness>();
        services.AddSingleton<IRunDirectory, RunDirectory>();
        services.AddSingleton<IStartStep, RunAccess>();
        services.AddSingleton<IStartStep, RunRecovery>();
        services.AddHostedService<RunDrain>();
        return services;
    }
}
