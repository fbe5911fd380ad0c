using Microsoft.AspNetCore.Http.Features;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Refuses a body that is larger than its call takes. Kestrel's own limit stops reading and closes the connection, so a client that still
/// sends sees a broken connection instead of the answer. After this refusal Kestrel drains the rest of the body, for at most 5 seconds.
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
            // Checked before the first read, so that a client that waits for "100 Continue" sends no body at all.
            if (request.ContentLength > bytes)
                throw TooLarge();

            var read = await _inner.ReadAsync(buffer, cancellationToken);
            _read += read;
            return _read <= bytes ? read : throw TooLarge();
        }

        private HubErrorException TooLarge() =>
            new(ErrorCodes.TooLarge, $"The body is larger than the {bytes} bytes that this call takes.");
    }
}
