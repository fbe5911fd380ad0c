using Microsoft.AspNetCore.Http.Features;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;

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

    private sealed class LimitedBody(HttpRequest request, long bytes) : ReadOnlyStream
    {
        private readonly Stream _inner = request.Body;
        private long _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Before the first byte: a client that waits for the word to go on need not send any.
            if (request.ContentLength > bytes)
                throw TooLarge();

            var read = await _inner.ReadAsync(buffer, cancellationToken);
            _read += read;
            return _read <= bytes ? read : throw TooLarge();
        }

        private HubErrorException TooLarge() => new(ErrorCodes.TooLarge, $"The body is larger than the {bytes} bytes that this call takes.");
    }
}
