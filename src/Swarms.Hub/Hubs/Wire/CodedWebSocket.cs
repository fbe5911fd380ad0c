using System.Net.WebSockets;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// A connection's WebSocket that closes with the code of the connection's ending instead of SignalR's 1000, and can send a message before
/// the next one. One writer at a time.
/// </summary>
internal sealed class CodedWebSocket(WebSocket inner, ConnectionEnding ending) : WebSocket
{
    private byte[]? _next;
    private bool _isWithinMessage;

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override void Abort() => inner.Abort();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(Status(closeStatus), ending.Value?.Code ?? statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseOutputAsync(Status(closeStatus), ending.Value?.Code ?? statusDescription, cancellationToken);

    /// <summary>Sends this as a message of its own before the next message. May be called while one is sent.</summary>
    public void SendFirst(byte[] message) => Volatile.Write(ref _next, message);

    public override void Dispose() => inner.Dispose();

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(buffer, cancellationToken);

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(buffer, cancellationToken);

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        var first = _isWithinMessage ? null : Interlocked.Exchange(ref _next, null);
        _isWithinMessage = !endOfMessage;
        return first is null
            ? inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken)
            : SendBothAsync(first, buffer, messageType, endOfMessage, cancellationToken);
    }

    private async ValueTask SendBothAsync(
        byte[] first, ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        await inner.SendAsync(first, messageType, endOfMessage: true, cancellationToken);
        await inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }

    private WebSocketCloseStatus Status(WebSocketCloseStatus status) => (WebSocketCloseStatus?)ending.Value?.CloseCode ?? status;
}
