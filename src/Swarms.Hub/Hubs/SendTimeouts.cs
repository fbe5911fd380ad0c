using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Hubs;

/// <summary>Counts the WebSockets that SignalR ends because their viewers do not read. Stands between the hub's endpoint and SignalR.</summary>
internal static class SendTimeouts
{
    /// <summary>Goes before SignalR's own handling of the endpoint, which takes the WebSockets that it finds.</summary>
    public static void Count(EndpointBuilder endpoint)
    {
        var pipeline = new ApplicationBuilder(endpoint.ApplicationServices);
        var metrics = endpoint.ApplicationServices.GetRequiredService<HubMetrics>();
        pipeline.UseWebSockets();
        pipeline.Use((context, next) =>
        {
            if (context.Features.Get<IHttpWebSocketFeature>() is { } sockets)
                context.Features.Set<IHttpWebSocketFeature>(new WatchedWebSockets(sockets, metrics));

            return next(context);
        });
        pipeline.Run(endpoint.RequestDelegate!);
        endpoint.RequestDelegate = pipeline.Build();
    }

    private sealed class WatchedWebSockets(IHttpWebSocketFeature inner, HubMetrics metrics) : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => inner.IsWebSocketRequest;

        public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) =>
            new WatchedWebSocket(await inner.AcceptAsync(context), metrics.ViewerStalled);
    }
}
