namespace Swarms.Hub.Access;

/// <summary>
/// Tells requests of the hub's own page from those of others. SameSite covers most cases; this check covers other ports of the same host,
/// and WebSockets, to which the same-origin policy does not apply. Safe from any thread.
/// </summary>
internal sealed partial class OwnOrigin(ILogger<OwnOrigin> logger)
{
    /// <summary>True if a page of this hub sent the request.</summary>
    public bool IsOwn(HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0)
            return IsSame(request);

        // Browsers leave Origin out only of plain reads of their own origin.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !IsWebSocket(request)
            && site is "" or "same-origin" or "none";
    }

    /// <summary>False if a browser says that a page of another origin sent the request.</summary>
    public bool IsNotForeign(HttpRequest request) => request.Headers.Origin.Count == 0 || IsSame(request);

    private bool IsSame(HttpRequest request)
    {
        // No browser sends two.
        var origin = request.Headers.Origin is [{ } only] && Uri.TryCreate(only, UriKind.Absolute, out var uri) ? uri : null;
        if (origin is not null && IsSame(origin, request))
            return true;

        var own = $"{request.Scheme}://{request.Host}";
        Log.ForeignOrigin(logger, origin?.GetLeftPart(UriPartial.Authority) ?? "another origin", own);
        return false;
    }

    // Scheme, host and port: a default port may be named or not.
    private static bool IsSame(Uri origin, HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
        && origin.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            .Equals(own.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), StringComparison.OrdinalIgnoreCase)
        && origin is { UserInfo: "", PathAndQuery: "/", Fragment: "" };

    private static bool IsWebSocket(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || HttpMethods.IsConnect(request.Method);

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Information,
            "A page of {Origin} was refused, because this hub is {Own} to its callers. If that page is the hub's own, let the proxy pass "
            + "on the address that the browser shows: Host with its port (nginx: proxy_set_header Host $http_host) and X-Forwarded-Proto, "
            + "with ASPNETCORE_FORWARDEDHEADERS_ENABLED=true for the hub.")]
        public static partial void ForeignOrigin(ILogger logger, string origin, string own);
    }
}
