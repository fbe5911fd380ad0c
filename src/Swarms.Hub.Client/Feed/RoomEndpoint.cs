using System.Net.WebSockets;

namespace Swarms.Hub.Client;

/// <summary>The way of one member to one room.</summary>
internal sealed class RoomEndpoint(HubApi api, string roomId, string token)
{
    public string RoomId => roomId;

    public string Token => token;

    public HubClientOptions Options => api.Options;

    /// <summary>Cancelled when the client is disposed of.</summary>
    public CancellationToken Stopping => api.Stopping;

    public void ThrowIfDisposed() => api.ThrowIfDisposed();

    /// <summary>Lets the client's disposal wait for a task.</summary>
    public Task<T> Track<T>(Task<T> task) => api.Track(task);

    /// <summary>A new connection, not yet open.</summary>
    public SignalRConnection Connect() => api.Connect(token);

    /// <summary>Opens a connection. Fails with the hub's own refusal, where it can be asked for one.</summary>
    public async Task OpenAsync(SignalRConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (NetworkFault.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            throw await WhyRefusedAsync(e, cancellationToken).ConfigureAwait(false) ?? api.Unreachable(e);
        }
    }

    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken) =>
        api.SendAsync<T>(Call(method, path, body, isRepeatable), cancellationToken);

    public Task SendAsync(HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken) =>
        api.SendAsync(Call(method, path, body, isRepeatable), cancellationToken);

    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        api.GetTextAsync(Call(HttpMethod.Get, path, null, isRepeatable: true), cancellationToken);

    /// <summary>
    /// The hub's refusal, asked for because a WebSocket that is refused does not say why; null where the connection failed for another
    /// reason, or the hub does not refuse or cannot be asked.
    /// </summary>
    private async Task<HubClientException?> WhyRefusedAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (failure is not WebSocketException { WebSocketErrorCode: WebSocketError.NotAWebSocket })
            return null;

        using var tooLate = new CancellationTokenSource(Options.ConnectTimeout, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            await api.SendAsync(Call(HttpMethod.Get, "/runs?limit=1", null, isRepeatable: false), either.Token).ConfigureAwait(false);
            return null;
        }
        catch (HubClientException e)
        {
            return e.Code == HubClientException.HubUnreachable ? null : e;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private HubCall Call(HttpMethod method, string path, object? body, bool isRepeatable) =>
        new(method, $"api/rooms/{Uri.EscapeDataString(roomId)}{path}", token, body, isRepeatable);
}
