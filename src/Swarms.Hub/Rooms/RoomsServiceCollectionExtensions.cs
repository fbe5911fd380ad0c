using Swarms.Hub.Diagnostics;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Rooms;

internal static class RoomsServiceCollectionExtensions
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddSettings<RoomSettingOptions>("RoomSettings");
        services.AddSettings<RoomBudgetOptions>("RoomBudget");
        services.AddSingleton<RoomBudgetPolicy>();
        services.AddSettings<HoldBackOptions>("HoldBack");
        services.AddSingleton<HoldBackPolicy>();
        services.AddSingleton<RoomSettingsPolicy>();
        services.AddSingleton<RoomChanges>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<RoomChanges>());
        services.AddSingleton<RoomLifecycle>();
        services.AddSingleton<RoomJoins>();
        services.AddSingleton<RoomMembers>();
        services.AddSingleton<RoomMessages>();
        services.AddSingleton<RoomHands>();
        return services.AddAgents();
    }

    public static IEndpointRouteBuilder MapRooms(this IEndpointRouteBuilder routes) => routes
        .MapRoomLifecycle().MapJoins().MapInvites().MapMembers().MapPrograms().MapEmbeds()
        .MapOwnTokens().MapMessages().MapHands().MapRoomAgents();
}
