namespace Swarms.Hub.Hosting;

/// <summary>Sets the headers by which a browser runs only what the hub served and lets no other page frame it.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        // Set at the last moment, because an error clears the headers that were set before.
        context.Response.OnStarting(Apply, context.Response.Headers);
        return next(context);
    }

    private static Task Apply(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Content-Security-Policy", Policy);
        headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }
}
