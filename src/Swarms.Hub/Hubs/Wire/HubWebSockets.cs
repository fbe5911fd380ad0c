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
/// Gives every connection that came by WebSocket a <see cref="WebSocketOutput"/> in place of the pipe to SignalR's transport, which
/// goes on to receive, to answer pings and to close. Other transports stay as they are. Saves a seventh of a frame's CPU
/// (tests/Swarms.Hub.LoadTest/RESULTS.md). <see cref="WireOptions.DirectSockets"/> turns it off.
/// </summary>
internal static class HubWebSockets
{
    /// <summary>Stands before SignalR's own handling of the endpoint, which accepts the WebSocket, and keeps what it accepts.</summary>
    public static void Keep(EndpointBuilder endpoint)
    {
        var pipeline = new ApplicationBuilder(endpoint.ApplicationServices);
        // Before the WebSockets, which keep the upgrade that they find.
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

    /// <summary>Stands between SignalR's transports and the hub.</summary>
    public static async Task UseAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var context = connection.GetHttpContext() ?? throw new InvalidOperationException("A connection of the hub's came without HTTP.");
        var services = context.RequestServices;
        // SignalR has closed the other connections, and would leave this one to the server, which waits for it until its timeout.
        if (services.GetRequiredService<HubShutdown>().Drained.IsCancellationRequested)
            return;

        if (context.Features.Get<IHttpWebSocketFeature>() is not KeptWebSocket kept)
        {
            await next(connection);
            return;
        }

        connection.Features.Set(kept.Ending);
        using var draining = services.GetRequiredService<HubShutdown>().OnDrained(() => kept.EndAsync(ErrorCodes.Draining));
        try
        {
            if (services.GetRequiredService<IOptions<WireOptions>>().Value.DirectSockets)
                await UseDirectAsync(connection, kept, services, next);
            else
                await next(connection);
        }
        finally
        {
            await kept.Closing;
        }
    }

    private static async Task UseDirectAsync(ConnectionContext connection, KeptWebSocket kept, IServiceProvider services, ConnectionDelegate next)
    {
        var metrics = services.GetRequiredService<HubMetrics>();
        var output = new WebSocketOutput(
            await kept.Accepted,
            kept.Ending,
            services.GetRequiredService<IOptions<DeliveryOptions>>().Value.SendTimeout,
            services.GetRequiredService<TimeProvider>(),
            metrics.ViewerStalled,
            connection.Abort,
            connection.ConnectionClosed);
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

    // The socket that SignalR accepts. Once its ending is named it closes with the code. A stream that ended says why first, and the
    // close frame comes a moment later: .NET's client drops an unread message when the close frame arrives behind it.
    private sealed class KeptWebSocket : IHttpWebSocketFeature
    {
        private readonly IHttpWebSocketFeature _inner;
        private readonly TimeProvider _time;
        private readonly TaskCompletionSource<WebSocket> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationToken _aborted;

        public KeptWebSocket(IHttpWebSocketFeature inner, HttpContext context)
        {
            _inner = inner;
            _time = context.RequestServices.GetRequiredService<TimeProvider>();
            _aborted = context.RequestAborted;
            Ending = new ConnectionEnding(() => Closing = CloseAsync());
        }

        public bool IsWebSocketRequest => _inner.IsWebSocketRequest;

        public ConnectionEnding Ending { get; }

        public Task<WebSocket> Accepted => _accepted.Task;

        /// <summary>The closing that a named ending began. Never fails.</summary>
        public Task Closing { get; private set; } = Task.CompletedTask;

        /// <summary>Names the ending and completes when the client has answered the close frame, or is gone.</summary>
        public async Task EndAsync(string code)
        {
            Ending.Name(code);
            await Closing;
        }

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

        private async Task CloseAsync()
        {
            try
            {
                var socket = await Accepted;
                if (Ending.Value?.Code != ErrorCodes.Draining)
                    await Task.Delay(WebSocketOutput.LastWordTimeout, _time, _aborted);

                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _aborted);

                await Task.Delay(WebSocketOutput.LastWordTimeout, _time, _aborted);
            }
            catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The client was faster.
            }
        }
    }
}
