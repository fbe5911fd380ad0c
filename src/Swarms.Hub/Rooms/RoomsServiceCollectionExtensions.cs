namespace Swarms.Hub.Rooms;

internal static class RoomsServiceCollectionExtensions
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddOptions<RoomOptions>().BindConfiguration("Rooms").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CommitTick>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<RoomRegistry>();
        services.AddHostedService(provider => provider.GetRequiredService<RoomRegistry>());
        return services;
    }
}
