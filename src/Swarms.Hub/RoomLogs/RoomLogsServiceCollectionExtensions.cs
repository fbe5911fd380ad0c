using Swarms.Hub.Diagnostics;
using Swarms.Hub.Settings;

namespace Swarms.Hub.RoomLogs;

internal static class RoomLogsServiceCollectionExtensions
{
    public static IServiceCollection AddRoomLogs(this IServiceCollection services)
    {
        services.AddSettings<RoomOptions>("Rooms");
        services.AddSettings<RetentionOptions>("Storage");
        services.AddSingleton<CommitTick>();
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<RoomRegistry>();
        services.AddSingleton<IGauges>(provider => new Gauge(
            "swarms_hub.rooms.loaded",
            "{room}",
            "Rooms in memory: those in use, and some that were not long ago.",
            () => provider.GetRequiredService<RoomRegistry>().Count));
        services.AddSingleton<IRoomDirectory>(provider => provider.GetRequiredService<RoomRegistry>());
        services.AddHostedService(provider => provider.GetRequiredService<RoomRegistry>());
        return services;
    }
}
