using Microsoft.Net.Http.Headers;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Refuses bodies in another form than the contract's, before anything reads them: JSON is UTF-8, and nobody decompresses it. Reduces the
/// charset's other spellings to the one that the framework knows.
/// </summary>
internal static class BodyForm
{
    private static readonly string[] Utf8 = ["utf-8", "utf8", "us-ascii"];

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        if (headers.ContentEncoding.ToString() is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = "identity";
            return RefuseAsync(context, "Send the body uncompressed, without Content-Encoding.");
        }

        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.Length > 0)
        {
            var charset = HeaderUtilities.RemoveQuotes(type.Charset).Trim();
            if (!Utf8.Any(name => charset.Equals(name, StringComparison.OrdinalIgnoreCase)))
                return RefuseAsync(context, "Send the body in UTF-8.");

            type.Charset = Utf8[0];
            context.Request.ContentType = type.ToString();
        }

        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return HubErrorHandler.WriteAsync(context, new HubErrorException(ErrorCodes.Invalid, sentence), keepStatus: true);
    }
}
