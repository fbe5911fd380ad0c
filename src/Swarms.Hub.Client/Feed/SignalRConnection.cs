using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// One SignalR connection over a WebSocket that is opened without negotiation: no sticky sessions, one request. It never
/// reconnects; that is the feed's business.
/// </summary>
internal sealed class SignalRConnection : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly HubClientOptions _options;

    public SignalRConnection(Uri hub, string token, HubClientOptions options)
    {
        _options = options;
        var builder = new HubConnectionBuilder()
            .WithUrl(hub, HttpTransportType.WebSockets, http =>
            {
                http.SkipNegotiation = true;
                http.Headers["Authorization"] = "Bearer " + token;
                // On a dead network the goodbye is never answered, and the next connection waits for this one's end.
                http.CloseTimeout = TimeSpan.FromSeconds(1);
            })
            .WithServerTimeout(options.ServerTimeout)
            .WithKeepAliveInterval(options.KeepAliveInterval)
            .AddJsonProtocol(json => ProtocolJson.Configure(json.PayloadSerializerOptions));
        if (options.LoggerFactory is { } loggerFactory)
            builder.Services.AddSingleton(loggerFactory);

        _connection = builder.Build();
    }

    public void OnPresence(Action<string, RoomPresence> handler) =>
        _connection.On(nameof(IRoomViewer.PresenceChanged), handler);

    public void OnDraining(Action<int> handler) => _connection.On(nameof(IRoomViewer.Draining), handler);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            await _connection.StartAsync(either.Token);
        }
        catch (OperationCanceledException e) when (tooLate.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HubClientException(HubClientException.HubUnreachable, "The connection to the hub did not open in time.", innerException: e);
        }
    }

    /// <summary>The room's frames. Throws <see cref="JsonException"/> at one that cannot be read.</summary>
    public async IAsyncEnumerable<RoomFrame> WatchAsync(
        string roomId, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As plain JSON, because SignalR drops an item that it cannot read without telling anybody.
        await foreach (var frame in _connection.StreamAsync<JsonElement>("WatchRoom", roomId, cursor, cancellationToken))
            yield return frame.Deserialize<RoomFrame>(ProtocolJson.Options) ?? throw new JsonException("A frame is null.");
    }

    public async Task InvokeAsync(string method, IReadOnlyList<object?> arguments, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.InvokeCoreAsync(method, [.. arguments], cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw HubClientException.FromHub(e);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
