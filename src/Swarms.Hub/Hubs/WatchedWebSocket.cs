using System.Net.WebSockets;

namespace Swarms.Hub.Hubs;

/// <summary>
/// A viewer's WebSocket, which tells once when SignalR gives up sending on it: the token of its sends is cancelled by
/// <c>TransportSendTimeout</c> and by nothing else, and neither the hub's method nor its end is told of that. Used by the
/// connection's own two loops.
/// </summary>
internal sealed class WatchedWebSocket(WebSocket inner, Action onSendTimeout) : WebSocket
{
    private CancellationTokenRegistration _watch;

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override void Abort() => inner.Abort();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(buffer, cancellationToken);

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(buffer, cancellationToken);

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, WebSocketMessageFlags messageFlags, CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return inner.SendAsync(buffer, messageType, messageFlags, cancellationToken);
    }

    public override void Dispose()
    {
        _watch.Dispose();
        inner.Dispose();
    }

    // One token serves all sends of a connection until it is cancelled: the first send registers, the others only compare.
    private void Watch(CancellationToken sending)
    {
        if (_watch.Token == sending)
            return;

        _watch.Dispose();
        _watch = sending.UnsafeRegister(static told => ((Action)told!)(), onSendTimeout);
    }
}
