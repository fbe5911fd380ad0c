using Microsoft.AspNetCore.Http.Features;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Refuses a body that is larger than its call takes, in Kestrel's place. Kestrel's own limit closes the connection without reading
/// on, and a client that is still sending finds it broken instead of the answer. Past this one the rest is read and dropped, by
/// Kestrel and for five seconds at most, as the rest of every body is that nobody wants.
/// </summary>
internal static class BodyLimit
{
    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false, MaxRequestBodySize: { } bytes } kestrel)
        {
            kestrel.MaxRequestBodySize = null;
            context.Request.Body = new LimitedBody(context.Request, bytes);
        }

        return next(context);
    }

    private sealed class LimitedBody(HttpRequest request, long bytes) : Stream
    {
        private readonly Stream _inner = request.Body;
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Before the first byte where the length is stated: a client that waits for the word to go on need not send any.
            if (!(request.ContentLength > bytes))
            {
                var read = await _inner.ReadAsync(buffer, cancellationToken);
                _read += read;
                if (_read <= bytes)
                    return read;
            }

            throw new HubErrorException(ErrorCodes.TooLarge, $"The body is larger than the {bytes} bytes that this call takes.");
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
