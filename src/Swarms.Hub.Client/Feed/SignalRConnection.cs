using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// One SignalR connection. A WebSocket is opened without negotiation: no sticky sessions, one request. It never reconnects; the feed does.
/// </summary>
internal sealed class SignalRConnection : IAsyncDisposable
{
    /// <summary>
    /// A poll shows nothing of an answer before all of it is there, and no announcement of a large one either. So a long silence is no
    /// sign of death.
    /// </summary>
    private static readonly TimeSpan PollingPatience = TimeSpan.FromSeconds(30);

    /// <summary>The farewell of a poll on a dead network would take minutes, and the next connection waits for this one's end.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly HubConnection _connection;
    private readonly HubClientOptions _options;
    private readonly string _token;
    private readonly Func<CancellationToken, Task<string>>? _getTicket;
    private readonly HubHandler _handler;
    private volatile ClientWebSocket? _socket;

    /// <summary>A connection that is not yet open.</summary>
    /// <param name="hub">The address of <c>/hub</c>.</param>
    /// <param name="token">The member's token.</param>
    /// <param name="getTicket">Trades the token for a ticket, which the address carries; null: a header carries the token.</param>
    /// <param name="transport">The transport.</param>
    /// <param name="options">The client's options.</param>
    /// <param name="handler">Carries the WebSocket or the polls.</param>
    public SignalRConnection(
        Uri hub, string token, Func<CancellationToken, Task<string>>? getTicket, ConnectionTransport transport, HubClientOptions options,
        HubHandler handler)
    {
        _options = options;
        _token = token;
        _getTicket = getTicket;
        _handler = handler;
        Transport = transport;
        var isPolling = transport == ConnectionTransport.LongPolling;
        var patience = isPolling && options.ServerTimeout < PollingPatience ? PollingPatience : options.ServerTimeout;
        var builder = new HubConnectionBuilder()
            .WithUrl(hub, isPolling ? HttpTransportType.LongPolling : HttpTransportType.WebSockets, http =>
            {
                http.SkipNegotiation = !isPolling;
                http.CloseTimeout = CloseTimeout;
                http.WebSocketFactory = (context, cancellationToken) => ConnectAsync(context.Uri, cancellationToken);
                // These two are for polls; the factory of the WebSocket does both itself.
                http.HttpMessageHandlerFactory = _ => handler.Lend();
                http.AccessTokenProvider = isPolling ? () => Task.FromResult<string?>(token) : null;
                // In a browser SignalR makes its own WebSocket, and writes what this gives into the address.
                if (OperatingSystem.IsBrowser() && getTicket is not null)
                    http.AccessTokenProvider = async () => await getTicket(CancellationToken.None).ConfigureAwait(false);
            })
            .WithServerTimeout(patience)
            .WithKeepAliveInterval(options.KeepAliveInterval);
        builder.Services.AddSingleton<IHubProtocol>(
            new PatientProtocol(bytes => _connection!.ServerTimeout = patience + PatientProtocol.TimeFor(bytes)));
        if (options.LoggerFactory is { } loggerFactory)
            builder.Services.AddSingleton(loggerFactory);

        _connection = builder.Build();
    }

    public ConnectionTransport Transport { get; }

    /// <summary>True once the wish for a WebSocket was answered in another way.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>True once it did not open in time.</summary>
    public bool IsLate { get; private set; }

    public void OnPresence(Action<string, RoomPresence> handler) => _connection.On(nameof(IRoomViewer.PresenceChanged), handler);

    public void OnWatching(Action<string, RoomWatching> handler) => _connection.On(nameof(IRoomViewer.WatchingChanged), handler);

    public void OnDraining(Action<int> handler) => _connection.On(nameof(IRoomViewer.Draining), handler);

    /// <summary>Opens the connection, once.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            await _connection.StartAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A browser does not say why a WebSocket did not open.
            IsRefused = e is WebSocketException refusal
                && (refusal.WebSocketErrorCode == WebSocketError.NotAWebSocket || OperatingSystem.IsBrowser());
            IsLate = tooLate.IsCancellationRequested;
            if (IsLate)
                throw new HubClientException(
                    HubClientException.HubUnreachable, "The connection to the hub did not open in time.", innerException: e);

            if (_socket is null)
                throw;

            throw Explain(e);
        }
    }

    /// <summary>The room's frames. Throws <see cref="JsonException"/> at one that cannot be read.</summary>
    public async IAsyncEnumerable<RoomFrame> WatchAsync(
        string roomId, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As plain JSON, because SignalR drops an item that it cannot read without telling anybody.
        var frames = _connection.StreamAsync<JsonElement>("WatchRoom", roomId, cursor, cancellationToken)
            .ConfigureAwait(false).GetAsyncEnumerator();
        try
        {
            while (true)
            {
                try
                {
                    if (!await frames.MoveNextAsync())
                        yield break;
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    throw Explain(e);
                }

                yield return frames.Current.Deserialize(WireTypes.Of<RoomFrame>()) ?? throw new JsonException("A frame is null.");
            }
        }
        finally
        {
            await frames.DisposeAsync();
        }
    }

    /// <summary>Calls a method of the hub.</summary>
    public async Task InvokeAsync(string method, IReadOnlyList<object?> arguments, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.InvokeCoreAsync(method, [.. arguments], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Explain(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            var disposing = _connection.DisposeAsync().AsTask();
            if (Transport == ConnectionTransport.LongPolling)
                disposing = disposing.WaitAsync(CloseTimeout, _options.TimeProvider);

            await disposing.ConfigureAwait(false);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            // It was gone already.
        }
    }

    private async ValueTask<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_getTicket is not null)
        {
            var ticket = await _getTicket(cancellationToken).ConfigureAwait(false);
            address = new UriBuilder(address) { Query = "access_token=" + Uri.EscapeDataString(ticket) }.Uri;
        }

        var socket = new ClientWebSocket();
        try
        {
            _options.WebSocketConfiguration?.Invoke(socket.Options);
            if (OperatingSystem.IsBrowser())
            {
                await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                if (_getTicket is null)
                    socket.Options.SetRequestHeader("Authorization", "Bearer " + _token);

                await socket.ConnectAsync(address, _handler.CreateInvoker(), cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _socket = socket;
        return socket;
    }

    /// <summary>
    /// The reason of a connection's end: the hub's word, its close code, or the network's fault. A fault of the program stays as it is.
    /// </summary>
    private Exception Explain(Exception error)
    {
        var socket = _socket;
        if (error is not HubException && socket?.CloseStatus is { } status && Endings.FindByCloseCode((int)status) is { } ending)
        {
            var words = socket.CloseStatusDescription is { Length: > 0 } description
                ? description
                : $"The hub closed the connection ({(int)status}).";
            return new HubClientException(ending.Code, words, innerException: error);
        }

        // A call on a connection that has just ended, and a WebSocket that was closed with any other code, are such operations.
        var isLost = NetworkFault.Is(error) || (error is InvalidOperationException && socket?.State != WebSocketState.Open);
        return isLost ? HubClientException.FromHub(error) : error;
    }
}
