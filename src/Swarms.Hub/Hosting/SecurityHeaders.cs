using System.Net;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Sets the headers that tell browsers what they may do with an answer: run only what the hub served, let no other page frame or load it,
/// keep no copy of what people wrote, and come back by TLS.
/// </summary>
internal static class SecurityHeaders
{
    // No inline script or style and no data: URL, so that text of people or models that becomes markup can do nothing. Pictures come from
    // elsewhere where a reader asks for them.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // Pages that the hub's own page frames in a sandbox, without an origin: they draw diagrams, whose libraries write inline styles. They
    // reach no network.
    private const string FramePath = "/frames";

    private const string FramePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; font-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'self'";

    // SignalR's client, for pages of other origins.
    private const string LibraryPath = "/lib";

    // The element that other pages show a run with. A module is loaded by CORS.
    private const string ElementPath = "/embed";

    // The page needs the clipboard and the full screen. Names that browsers do not know would be noise in their consoles.
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), "
        + "idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), "
        + "publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    // 30 days, as ASP.NET has it: an operator who gives TLS up again locks nobody out for longer.
    private const string Transport = "max-age=2592000";

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        // Set at the last moment, because an error clears the headers that were set before, and because an answer may say how it is cached.
        context.Response.OnStarting(Apply, context);
        return next(context);
    }

    private static Task Apply(object state)
    {
        var context = (HttpContext)state;
        var (request, headers) = (context.Request, context.Response.Headers);
        var isFrame = request.Path.StartsWithSegments(FramePath, StringComparison.Ordinal);
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Content-Security-Policy", isFrame ? FramePolicy : Policy);
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // A sandboxed page has no origin, so its own script is another's to it. Calls of allowed origins are CORS, which this header does
        // not touch.
        var isElement = request.Path.StartsWithSegments(ElementPath, StringComparison.Ordinal);
        headers["Cross-Origin-Resource-Policy"] =
            isFrame || isElement || request.Path.StartsWithSegments(LibraryPath, StringComparison.Ordinal) ? "cross-origin" : "same-origin";
        if (isElement)
            headers.AccessControlAllowOrigin = "*";

        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";

        if (request.IsHttps && !IsLoopback(request.Host.Host))
            headers.StrictTransportSecurity = Transport;

        return Task.CompletedTask;
    }

    // A browser would keep it for every program on this machine.
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
