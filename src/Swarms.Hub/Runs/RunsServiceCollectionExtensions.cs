using Swarms.Hub.Diagnostics;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

internal static class RunsServiceCollectionExtensions
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddOptions<RunOptions>().BindConfiguration("Runs").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RunRegistry>();
        services.AddSingleton<RunLauncher>();
        services.AddSingleton<IdempotencyGate>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunCancellation>();
        services.AddSingleton<IReadiness, RunReadiness>();
        services.AddSingleton<IRoomClosing>(provider => provider.GetRequiredService<RunCancellation>());
        services.AddSingleton<IStartStep, RunRecovery>();
        services.AddHostedService<RunDrain>();
        return services;
    }
}
