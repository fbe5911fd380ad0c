using Swarms.Hub.Gateway.OpenAi;
using Swarms.Hub.Gateway.SwarmsApi;

namespace Swarms.Hub.Gateway;

internal static class GatewayServiceCollectionExtensions
{
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddSingleton<CompletionsCaller>();
        services.AddSingleton<Completions>();
        services.AddSingleton<CompletionsWriter>();
        services.AddSingleton<Batches>();
        services.AddSingleton<SwarmsLists>();
        services.AddSingleton<RoomModelNames>();
        services.AddSingleton<DoorAnswers>();
        services.AddSingleton<JoinedRun>();
        services.AddSingleton<JoinedRunWriter>();
        services.AddSingleton<RepeatedCalls>();
        services.AddSingleton<ChatCompletions>();
        services.AddSingleton<ChatRuns>();
        services.AddSingleton<ChatWriter>();
        services.AddSingleton<ChatReplies>();
        services.AddSingleton<ChatRefusals>();
        services.AddSingleton<ChatAnswers>();
        services.AddSingleton<DoorModels>();
        return services;
    }

    public static IEndpointRouteBuilder MapGateway(this IEndpointRouteBuilder routes) =>
        routes.MapCompletions().MapSwarmsLists().MapChat().MapUnknownDoors();
}
