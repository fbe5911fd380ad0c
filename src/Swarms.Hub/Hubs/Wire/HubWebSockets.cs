using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// Gives every WebSocket connection a <see cref="WebSocketOutput"/> instead of the pipe to SignalR's transport. The transport still
/// receives, answers pings and closes. Long polling stays as it is. It saves a seventh of a frame's CPU
/// (tests/Swarms.Hub.LoadTest/RESULTS.md); <see cref="WireOptions.DirectSockets"/> turns it off.
/// </summary>
internal static class HubWebSockets
{
    /// <summary>Runs before SignalR's own handling of the endpoint and keeps the WebSocket that it accepts.</summary>
    public static void Keep(EndpointBuilder endpoint)
    {
        var pipeline = new ApplicationBuilder(endpoint.ApplicationServices);
        // The upgrade is replaced before UseWebSockets, which keeps the one that it finds.
        if (endpoint.ApplicationServices.GetRequiredService<IOptions<WireOptions>>().Value.DirectSockets)
        {
            pipeline.Use((context, next) =>
            {
                SocketUpgrade.Prepare(context);
                return next(context);
            });
        }

        pipeline.UseWebSockets();
        pipeline.Use((context, next) =>
        {
            if (context.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true } sockets)
                context.Features.Set<IHttpWebSocketFeature>(new KeptWebSocket(sockets, context));

            return next(context);
        });
        pipeline.Run(endpoint.RequestDelegate!);
        endpoint.RequestDelegate = pipeline.Build();
    }

    /// <summary>Runs between SignalR's transports and the hub.</summary>
    public static async Task UseAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var context = connection.GetHttpContext() ?? throw new InvalidOperationException("A connection of the hub's came without HTTP.");
        var services = context.RequestServices;
        // SignalR has closed the other connections. It would leave this one to the server, which waits for it until its timeout.
        if (services.GetRequiredService<HubShutdown>().Drained.IsCancellationRequested)
            return;

        if (context.Features.Get<IHttpWebSocketFeature>() is not KeptWebSocket kept)
        {
            await next(connection);
            return;
        }

        connection.Features.Set(kept.Ending);
        using var draining = services.GetRequiredService<HubShutdown>().OnDrained(() =>
        {
            kept.Ending.Name(ErrorCodes.Draining);
            return kept.Ending.Closed;
        });
        try
        {
            await UseOutputAsync(connection, kept, services, next);
        }
        finally
        {
            kept.Ending.Leave();
            await kept.Ending.Closed;
        }
    }

    private static async Task UseOutputAsync(
        ConnectionContext connection, KeptWebSocket kept, IServiceProvider services, ConnectionDelegate next)
    {
        var socket = await kept.Socket;
        var transport = connection.Transport;
        PipeWriter output = services.GetRequiredService<IOptions<WireOptions>>().Value.DirectSockets
            ? new WebSocketOutput(
                socket,
                kept.Ending,
                services.GetRequiredService<IOptions<DeliveryOptions>>().Value.SendTimeout,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<HubMetrics>().ViewerStalled)
            : new AnnouncingOutput(transport.Output, socket);
        connection.Transport = new HubTransport(transport.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record HubTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    // The socket that SignalR accepts. It closes with the code of its ending.
    private sealed class KeptWebSocket : IHttpWebSocketFeature
    {
        private readonly IHttpWebSocketFeature _inner;
        private readonly TaskCompletionSource<CodedWebSocket> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public KeptWebSocket(IHttpWebSocketFeature inner, HttpContext context)
        {
            _inner = inner;
            Ending = new ConnectionEnding(AcceptedAsync(), context.Abort, context.RequestServices.GetRequiredService<TimeProvider>());
        }

        public bool IsWebSocketRequest => _inner.IsWebSocketRequest;

        public ConnectionEnding Ending { get; }

        public Task<CodedWebSocket> Socket => _accepted.Task;

        private async Task<WebSocket> AcceptedAsync() => await Socket;

        public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
        {
            try
            {
                var socket = new CodedWebSocket(await _inner.AcceptAsync(context), Ending);
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
