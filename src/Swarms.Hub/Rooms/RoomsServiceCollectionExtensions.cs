namespace Swarms.Hub.Rooms;

internal static class RoomsServiceCollectionExtensions
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddSingleton<RoomLifecycle>();
        services.AddSingleton<RoomJoins>();
        services.AddSingleton<RoomMembers>();
        services.AddSingleton<RoomMessages>();
        return services;
    }

    public static IEndpointRouteBuilder MapRooms(this IEndpointRouteBuilder routes) =>
        routes.MapRoomLifecycle().MapJoins().MapInvites().MapMembers().MapPrograms().MapOwnTokens().MapMessages();
}
