namespace Swarms.Hub.Hosting;

/// <summary>What every answer tells a browser: nothing runs here that the hub did not serve, and no other page may frame it.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        // At the last moment: an error clears the headers that were set before it.
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
