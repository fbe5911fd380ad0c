using Microsoft.Extensions.Options;
using Swarms.Hub.Bodies;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Runs;

internal static class RunsServiceCollectionExtensions
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddSettings<RunOptions>("Runs");
        services.AddSingleton(provider => new ByteBudget(provider.GetRequiredService<IOptions<RunOptions>>().Value.MaxHeldBytes));
        // The gates are asked in this order.
        services.AddSingleton<IRunGate, RunQueue>();
        services.AddSingleton<IRunGate, HeldRequests>();
        services.AddSingleton<RunRegistry>();
        services.AddSingleton<RunLauncher>();
        services.AddSingleton<IdempotencyGate>();
        services.AddSingleton<RunAdmission>();
        services.AddSingleton<ProposalDesk>();
        services.AddSingleton<MessageTasks>();
        services.AddSingleton<ProposalRestorer>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunCancellation>();
        services.AddSingleton<RunRemoval>();
        services.AddSingleton<RunPassages>();
        services.AddSingleton<IReadiness, RunReadiness>();
        services.AddSingleton<IRunDirectory, RunDirectory>();
        services.AddSingleton<IStartStep, RunAccess>();
        services.AddSingleton<IStartStep, RunRecovery>();
        services.AddHostedService<RunDrain>();
        return services;
    }
}
