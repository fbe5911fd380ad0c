using System.IO.Pipelines;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// SignalR's own output of a WebSocket connection where <see cref="WireOptions.DirectSockets"/> is off. It announces large messages as
/// <see cref="WebSocketOutput"/> does. Used by the connection's only writer.
/// </summary>
internal sealed class AnnouncingOutput(PipeWriter inner, CodedWebSocket socket) : PipeWriter
{
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <summary>
    /// Announces the message that is written next. SignalR's loop sends that one after its flush, so in a WebSocket message that begins
    /// after this call.
    /// </summary>
    public void Announce(byte[] announcement) => socket.SendFirst(announcement);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
