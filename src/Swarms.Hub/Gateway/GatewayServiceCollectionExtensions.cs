using Swarms.Hub.Gateway.SwarmsApi;

namespace Swarms.Hub.Gateway;

internal static class GatewayServiceCollectionExtensions
{
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddSingleton<CompletionsCaller>();
        services.AddSingleton<Completions>();
        services.AddSingleton<CompletionsWriter>();
        services.AddSingleton<DoorAnswers>();
        services.AddSingleton<JoinedRun>();
        services.AddSingleton<JoinedRunWriter>();
        services.AddSingleton<RepeatedCalls>();
        return services;
    }

    public static IEndpointRouteBuilder MapGateway(this IEndpointRouteBuilder routes) =>
        routes.MapCompletions().MapUnknownDoors();
}
