using Swarms.Hub.Diagnostics;
using Swarms.Hub.Runs;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Rooms.Agents;

internal static class AgentsServiceCollectionExtensions
{
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddSettings<AgentOptions>("Agents");
        services.AddSingleton<AgentSecrets>();
        services.AddSingleton<RoomAgents>();
        services.AddSingleton<IAgentRequests, AgentRequests>();
        services.AddSingleton<MentionRate>();
        services.AddSingleton<AgentMentions>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<AgentMentions>());
        services.AddHostedService(provider => provider.GetRequiredService<AgentMentions>());
        return services;
    }
}
