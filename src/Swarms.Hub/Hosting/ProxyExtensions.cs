using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Hosting;

/// <summary>
/// The address by which people reach the hub through a proxy. <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> makes the framework believe the
/// proxy's headers; here it also believes those of the host and the path.
/// </summary>
internal static class ProxyExtensions
{
    public static void AddProxies(this IServiceCollection services) =>
        services.PostConfigure<ForwardedHeadersOptions>(options =>
        {
            if (options.ForwardedHeaders != ForwardedHeaders.None)
                options.ForwardedHeaders |= ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix;
        });

    /// <summary>Takes the configured path off each request; a proxy may have done so before.</summary>
    public static void UseConfiguredPathBase(this WebApplication app)
    {
        var configured = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.PathBase?.TrimEnd('/');
        if (string.IsNullOrEmpty(configured))
            return;

        var path = new PathString(configured);
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Path.StartsWithSegments(path, out var rest))
                request.Path = rest;

            request.PathBase = path;
            return next(context);
        });
    }
}
