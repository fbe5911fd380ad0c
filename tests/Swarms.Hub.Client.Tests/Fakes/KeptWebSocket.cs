using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Swarms.Hub.Client.Tests.Fakes;

/// <summary>Keeps the WebSocket of a request, so that a test can close it with a code of its own.</summary>
internal sealed class KeptWebSocket(IHttpWebSocketFeature inner) : IHttpWebSocketFeature
{
    private WebSocket? _socket;

    public bool IsWebSocketRequest => inner.IsWebSocketRequest;

    public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => _socket = await inner.AcceptAsync(context);

    public Task CloseAsync(int code, string reason) =>
        _socket!.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None);
}
