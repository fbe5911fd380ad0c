using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Hubs;

internal static class HubsServiceCollectionExtensions
{
    /// <summary>The maximum size of a client's message; larger requests go over HTTP.</summary>
    private const int MaxMessageBytes = 262_144;

    /// <summary>The most that one request of long polling may carry: SignalR's clients send several messages together.</summary>
    private const int MaxBodyBytes = 1_048_576;

    /// <summary>
    /// The longest silence of a client. The SDKs ping every 10 seconds, but a phone in a pocket slows their timers down.
    /// </summary>
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(40);

    public static IServiceCollection AddHubs(this IServiceCollection services)
    {
        services.AddSettings<WireOptions>("Server");
        services.AddSingleton<RoomNotices>();
        services.AddSingleton<IRoomNotices>(provider => provider.GetRequiredService<RoomNotices>());
        services.AddSingleton<IDrainNotice>(provider => provider.GetRequiredService<RoomNotices>());
        services.AddSingleton<ViewerStreams>();
        services.AddSingleton<RoomRoleFilter>();
        services.AddSingleton<IStartStep, HubMethodRoles>();
        services.AddSingleton<ConnectionAccess>();
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = MaxMessageBytes;
            hub.ClientTimeoutInterval = ClientTimeout;
            hub.AddFilter<RoomRoleFilter>();
        }).AddJsonProtocol(json => ProtocolJson.Configure(json.PayloadSerializerOptions));
        services.AddOptions<HubOptions>()
            .Configure<IOptions<DeliveryOptions>>((hub, delivery) => hub.KeepAliveInterval = delivery.Value.PingInterval);
        services.AddSingleton<IHubProtocol, RoomHubProtocol>();
        return services;
    }

    public static IEndpointRouteBuilder MapHubs(this IEndpointRouteBuilder routes)
    {
        var sendTimeout = routes.ServiceProvider.GetRequiredService<IOptions<DeliveryOptions>>().Value.SendTimeout;
        // SignalR's server-sent events carry the token in the address, where the hub takes none.
        var options = new HttpConnectionDispatcherOptions
        {
            TransportSendTimeout = sendTimeout,
            Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling,
        };
        // The same calls as MapHub, which has no place for a middleware between the transports and the hub.
        var hub = routes.MapConnections(
            "/hub",
            options,
            connection => connection.Use(ConnectionCaller.UseAsync).Use(HubWebSockets.UseAsync).Use(ConnectionAccess.UseAsync)
                .UseHub<RoomHub>());
        hub.RequireAuthorization().WithMetadata(new HubMetadata(typeof(RoomHub)), new RequestSizeLimitAttribute(MaxBodyBytes));
        // The last one runs first: it makes a WebSocket known, which the guard asks for.
        hub.Add(ConnectionAccess.Guard);
        hub.Add(HubWebSockets.Keep);
        return routes;
    }
}
