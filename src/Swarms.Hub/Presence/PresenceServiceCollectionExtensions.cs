using Swarms.Hub.Settings;

namespace Swarms.Hub.Presence;

internal static class PresenceServiceCollectionExtensions
{
    public static IServiceCollection AddPresence(this IServiceCollection services)
    {
        services.AddSettings<PresenceOptions>("Presence");
        services.AddSingleton<PresenceRegistry>();
        services.AddSingleton<PresenceNotifier>();
        services.AddHostedService(provider => provider.GetRequiredService<PresenceNotifier>());
        return services;
    }
}
