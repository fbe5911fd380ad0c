using Microsoft.Net.Http.Headers;

namespace Swarms.Hub.Access;

/// <summary>
/// The page's sessions: one HttpOnly, SameSite=Strict cookie for each room, valid only for requests from the hub's own origin.
/// </summary>
internal static class RoomCookies
{
    private const string Prefix = "swarms-hub-";

    // A browser sends all cookies with every request; more than these would not fit a header.
    private const int MaxCookies = 100;

    public static void Set(HttpContext context, string roomId, string token) =>
        context.Response.Cookies.Append(Prefix + roomId, token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = TimeSpan.FromDays(30),
            IsEssential = true,
        });

    public static void Clear(HttpContext context, string roomId) => context.Response.Cookies.Delete(Prefix + roomId);

    public static IEnumerable<string> Read(HttpRequest request) =>
        request.Cookies
            .Where(cookie => cookie.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(cookie => cookie.Value)
            .Take(MaxCookies);

    public static IEnumerable<string> Read(HttpRequest request, string roomId) =>
        request.Cookies[Prefix + roomId] is { Length: > 0 } token ? [token] : [];

    /// <summary>
    /// True if a page of this hub sent the request. SameSite covers most cases; this check covers other ports of the same host, and
    /// WebSockets, to which the same-origin policy does not apply.
    /// </summary>
    public static bool IsFromOwnOrigin(HttpRequest request)
    {
        if (request.Headers[HeaderNames.Origin] is [{ Length: > 0 } origin])
        {
            return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
        }

        // Browsers leave Origin out only of plain reads of their own origin.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !IsWebSocket(request)
            && site is "" or "same-origin" or "none";
    }

    /// <summary>False if a browser says that a page of another origin sent the request.</summary>
    public static bool IsNotForeign(HttpRequest request) =>
        request.Headers[HeaderNames.Origin] is not [{ Length: > 0 }] || IsFromOwnOrigin(request);

    private static bool IsWebSocket(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || HttpMethods.IsConnect(request.Method);
}
