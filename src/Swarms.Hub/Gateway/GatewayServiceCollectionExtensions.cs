namespace Swarms.Hub.Gateway;

internal static class GatewayServiceCollectionExtensions
{
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddSingleton<CompletionsCaller>();
        services.AddSingleton<CompletionsWriter>();
        return services;
    }
}
