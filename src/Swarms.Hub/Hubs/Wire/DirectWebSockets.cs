using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// Gives every connection that came by WebSocket a <see cref="WebSocketOutput"/> in place of the pipe to SignalR's transport, which
/// goes on to receive, to answer pings and to close. Other transports stay as they are. A seventh of a frame's CPU
/// (tests/Swarms.Hub.LoadTest/RESULTS.md).
/// </summary>
internal static class DirectWebSockets
{
    /// <summary>Stands before SignalR's own handling of the endpoint, which accepts the WebSocket, and keeps what it accepts.</summary>
    public static void Keep(EndpointBuilder endpoint)
    {
        var pipeline = new ApplicationBuilder(endpoint.ApplicationServices);
        // Before the WebSockets, which keep the upgrade that they find.
        pipeline.Use((context, next) =>
        {
            SocketUpgrade.Prepare(context);
            return next(context);
        });
        pipeline.UseWebSockets();
        pipeline.Use((context, next) =>
        {
            if (context.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true } sockets)
                context.Features.Set<IHttpWebSocketFeature>(new KeptWebSocket(sockets));

            return next(context);
        });
        pipeline.Run(endpoint.RequestDelegate!);
        endpoint.RequestDelegate = pipeline.Build();
    }

    /// <summary>Stands between SignalR's transports and the hub.</summary>
    public static async Task UseAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var context = connection.GetHttpContext() ?? throw new InvalidOperationException("A connection of the hub's came without HTTP.");
        var services = context.RequestServices;
        // SignalR has closed what there was, and would leave this one to the server, which waits for it until its patience ends.
        if (services.GetRequiredService<HubShutdown>().Drained.IsCancellationRequested)
            return;

        if (context.Features.Get<IHttpWebSocketFeature>() is not KeptWebSocket kept)
        {
            await next(connection);
            return;
        }

        var metrics = services.GetRequiredService<HubMetrics>();
        var output = new WebSocketOutput(
            await kept.Accepted,
            services.GetRequiredService<IOptions<DeliveryOptions>>().Value.SendTimeout,
            services.GetRequiredService<TimeProvider>(),
            () =>
            {
                metrics.ViewerStalled();
                connection.Abort();
            });
        var transport = connection.Transport;
        connection.Transport = new DirectTransport(transport.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record DirectTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class KeptWebSocket(IHttpWebSocketFeature inner) : IHttpWebSocketFeature
    {
        private readonly TaskCompletionSource<WebSocket> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsWebSocketRequest => inner.IsWebSocketRequest;

        public Task<WebSocket> Accepted => _accepted.Task;

        public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
        {
            try
            {
                var socket = await inner.AcceptAsync(context);
                _accepted.SetResult(socket);
                return socket;
            }
            catch
            {
                _accepted.SetCanceled();
                throw;
            }
        }
    }
}
