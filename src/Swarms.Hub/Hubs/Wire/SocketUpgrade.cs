using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// Upgrades a connection to a stream that writes to the socket itself. Kestrel normally writes through its own pipe and loop. A WebSocket
/// has a single writer, so it needs neither. Reading, aborting and closing stay with Kestrel.
/// </summary>
internal sealed class SocketUpgrade(IHttpUpgradeFeature inner, Socket socket) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>Prepares the upgrade unless the connection uses TLS, whose bytes must be encrypted first.</summary>
    public static void Prepare(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
            && context.Features.Get<IConnectionSocketFeature>() is { Socket: { } socket }
            && context.Features.Get<ITlsHandshakeFeature>() is null)
        {
            context.Features.Set<IHttpUpgradeFeature>(new SocketUpgrade(upgrade, socket));
        }
    }

    public async Task<Stream> UpgradeAsync() => new SocketWritingStream(await inner.UpgradeAsync(), socket);

    private sealed class SocketWritingStream(Stream inner, Socket socket) : Stream
    {
        private NetworkStream? _direct;
        private volatile bool _isAnswered;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        // The stream is created at the first write: its constructor throws if the client is gone, which an upgrade must not.
        private NetworkStream Direct => _direct ??= new NetworkStream(socket, ownsSocket: false);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            // A client sends only after it has read the answer to the upgrade, so Kestrel has no more bytes to write.
            _isAnswered |= read > 0;
            return read;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _isAnswered ? Direct.WriteAsync(buffer, cancellationToken) : inner.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) =>
            _isAnswered ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();

            base.Dispose(disposing);
        }
    }
}
