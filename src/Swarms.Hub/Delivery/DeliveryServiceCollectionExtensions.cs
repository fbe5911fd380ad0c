using Swarms.Hub.Settings;

namespace Swarms.Hub.Delivery;

internal static class DeliveryServiceCollectionExtensions
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSettings<DeliveryOptions>("Delivery");
        services.AddSingleton<ViewerSessions>();
        services.AddSingleton<SseFeed>();
        return services;
    }
}
