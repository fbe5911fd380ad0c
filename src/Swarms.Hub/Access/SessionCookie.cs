namespace Swarms.Hub.Access;

/// <summary>
/// The session of the hub's own page: one HttpOnly, SameSite=Strict cookie for each browser and hub. The store knows the session's rooms.
/// The name holds the hub's id, so that two hubs on one host name do not overwrite each other's. Safe from any thread.
/// </summary>
internal sealed class SessionCookie(HubIdentity hub)
{
    /// <summary>The lifetime after the last use.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    // A browser takes a cookie with this prefix from the host itself only, over https and for all paths.
    private const string HostPrefix = "__Host-";

    /// <summary>Returns the session of the request; null if it has none.</summary>
    public string? Read(HttpRequest request) =>
        request.Cookies[Name(request)] is { } session && session.StartsWith(Secrets.SessionPrefix, StringComparison.Ordinal)
            && session.Length == Secrets.SessionPrefix.Length + Secrets.Length
            ? session
            : null;

    /// <summary>Sends the session, so that the browser keeps it for another lifetime.</summary>
    public void Set(HttpContext context, string session) =>
        context.Response.Cookies.Append(Name(context.Request), session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = Lifetime,
            IsEssential = true,
        });

    private string Name(HttpRequest request) => $"{(request.IsHttps ? HostPrefix : "")}swarms-hub-{hub.Id}";
}
