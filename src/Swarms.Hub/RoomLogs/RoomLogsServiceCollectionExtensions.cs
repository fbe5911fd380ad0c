namespace Swarms.Hub.RoomLogs;

internal static class RoomLogsServiceCollectionExtensions
{
    public static IServiceCollection AddRoomLogs(this IServiceCollection services)
    {
        services.AddOptions<RoomOptions>().BindConfiguration("Rooms").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CommitTick>();
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<RoomRegistry>();
        services.AddSingleton<IRoomDirectory>(provider => provider.GetRequiredService<RoomRegistry>());
        services.AddHostedService(provider => provider.GetRequiredService<RoomRegistry>());
        return services;
    }
}
