namespace Swarms.Hub.Rooms;

internal static class RoomsServiceCollectionExtensions
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddSingleton<RoomLifecycle>();
        services.AddSingleton<RoomMembers>();
        services.AddSingleton<RoomMessages>();
        services.AddSingleton<RoomHands>();
        return services;
    }

    public static IEndpointRouteBuilder MapRooms(this IEndpointRouteBuilder routes) =>
        routes.MapRoomLifecycle().MapInvites().MapMembers().MapPrograms().MapOwnTokens().MapMessages().MapHands();
}
