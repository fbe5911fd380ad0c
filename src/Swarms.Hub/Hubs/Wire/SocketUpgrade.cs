using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// Upgrades a connection to a stream that writes to the socket itself: Kestrel has a pipe and a loop of its own in between, as every
/// connection needs that is not its writer's alone. Reading, aborting and closing stay Kestrel's.
/// </summary>
internal sealed class SocketUpgrade(IHttpUpgradeFeature inner, Socket socket) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>Only where what is written goes to the socket as it is: over TLS it does not.</summary>
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

        // Not before it is written to: for a client that is gone already it would throw, where a write may and an upgrade must not.
        private NetworkStream Direct => _direct ??= new NetworkStream(socket, ownsSocket: false);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            // Whoever speaks has read the answer to the upgrade, as clients must, and Kestrel has written all that it had to write.
            _isAnswered |= read > 0;
            return read;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _isAnswered ? Direct.WriteAsync(buffer, cancellationToken) : inner.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _isAnswered ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

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
