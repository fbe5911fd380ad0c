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
        services.AddSettings<BudgetOptions>("Budget");
        services.AddSingleton<ModelPrices>();
        services.AddSingleton<HubLedger>();
        services.AddSingleton<RunBudgets>();
        services.AddSettings<ThreadOptions>("Threads");
        services.AddSingleton<IncludedMessages>();
        services.AddSingleton<ThreadTurns>();
        services.AddSingleton<ThreadHistories>();
        services.AddSingleton<RoomModelList>();
        services.AddSingleton<RunThreads>();
        services.AddSingleton<RunOutputs>();
        services.AddSingleton<RunQueue>();
        // The gates are asked in this order.
        services.AddSingleton<IRunGate, RuleGate>();
        services.AddSingleton<IRunGate, ModelGate>();
        services.AddSingleton<IRunGate, BudgetGate>();
        services.AddSingleton<IRunGate, RateGate>();
        services.AddSingleton<IRunGate>(provider => provider.GetRequiredService<RunQueue>());
        services.AddSingleton<IRunGate, HeldRequests>();
        services.AddSingleton<RunRegistry>();
        services.AddSingleton<IGauges, RunGauges>();
        services.AddSingleton<RunLauncher>();
        services.AddSingleton<IdempotencyGate>();
        services.AddSingleton<LaneLogs>();
        services.AddSingleton<LaneDesk>();
        services.AddSingleton<LaneRecovery>();
        services.AddSingleton<RunAdmission>();
        services.AddSingleton<ProposalDesk>();
        services.AddSingleton<MessageTasks>();
        services.AddSingleton<ProposalRestorer>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<GroupRequests>();
        services.AddSingleton<GroupStarter>();
        services.AddSingleton<GroupDesk>();
        services.AddSingleton<RunCancellation>();
        services.AddSingleton<RunRemoval>();
        services.AddSingleton<RunPassages>();
        services.AddSingleton<IReadiness, RunReadiness>();
        services.AddSingleton<IRunDirectory, RunDirectory>();
        services.AddSingleton<IStartStep, RunAccess>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<HubLedger>());
        services.AddSingleton<IStartStep, BudgetWatch>();
        services.AddSingleton<IStartStep, LaneHosts>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<LaneRecovery>());
        services.AddSingleton<IStartStep, RunRecovery>();
        services.AddHostedService<RunDrain>();
        return services;
    }
}
