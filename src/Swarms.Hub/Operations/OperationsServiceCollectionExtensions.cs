namespace Swarms.Hub.Operations;

internal static class OperationsServiceCollectionExtensions
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<RecentProblems>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RecentProblems>());
        services.AddSingleton<Overview>();
        return services;
    }
}
