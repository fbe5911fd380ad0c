using System.Net.WebSockets;

namespace Swarms.Hub.Client;

/// <summary>Where one member reaches one room.</summary>
internal sealed class RoomEndpoint(HubApi api, string roomId, string token)
{
    public string RoomId => roomId;

    public string Token => token;

    public HubClientOptions Options => api.Options;

    /// <summary>A new connection, not yet open.</summary>
    public SignalRConnection Connect() => new(api.Address("hub"), token, api.Options);

    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken) =>
        api.SendAsync<T>(Call(method, path, body, isRepeatable), cancellationToken);

    public Task SendAsync(HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken) =>
        api.SendAsync(Call(method, path, body, isRepeatable), cancellationToken);

    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        api.GetTextAsync(Call(HttpMethod.Get, path, null, isRepeatable: false), cancellationToken);

    /// <summary>
    /// The hub's refusal of this member, asked for because a WebSocket that is refused does not say why; null where the
    /// connection failed for another reason, or the hub does not refuse or cannot be asked.
    /// </summary>
    public async Task<HubClientException?> WhyRefusedAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (failure is not WebSocketException { WebSocketErrorCode: WebSocketError.NotAWebSocket })
            return null;

        using var tooLate = new CancellationTokenSource(Options.ConnectTimeout, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            await api.SendAsync(Call(HttpMethod.Get, "/runs?limit=1", null, isRepeatable: false), either.Token);
            return null;
        }
        catch (HubClientException e)
        {
            return e.IsFinal ? e : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private HubCall Call(HttpMethod method, string path, object? body, bool isRepeatable) =>
        new(method, $"api/rooms/{Uri.EscapeDataString(roomId)}{path}", token, body, isRepeatable);
}
