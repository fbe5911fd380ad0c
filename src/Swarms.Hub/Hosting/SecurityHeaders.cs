namespace Swarms.Hub.Hosting;

/// <summary>Sets the headers by which a browser runs only what the hub served and lets no other page frame it.</summary>
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

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        // Set at the last moment, because an error clears the headers that were set before.
        context.Response.OnStarting(Apply, context);
        return next(context);
    }

    private static Task Apply(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var isFrame = context.Request.Path.StartsWithSegments(FramePath, StringComparison.Ordinal);
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Content-Security-Policy", isFrame ? FramePolicy : Policy);
        headers["Referrer-Policy"] = "no-referrer";
        // A sandboxed page has no origin, so its own script is another's to it.
        if (isFrame)
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";

        return Task.CompletedTask;
    }
}
