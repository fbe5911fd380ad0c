using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Hosting;

/// <summary>The page, and what it asks first.</summary>
internal static class PageExtensions
{
    public static void MapPage(this WebApplication app)
    {
        app.MapGet("/api/server", (IUpstream upstream, RoomCreationPolicy creation, HttpRequest request) => TypedResults.Ok(new ServerDescription(
            typeof(PageExtensions).Assembly.GetName().Version!.ToString(3),
            new(upstream.Description.Kind, upstream.Description.Host),
            creation.IsOpenFor(request) ? RoomCreators.Open : RoomCreators.Operator)))
            .WithSummary("The hub's version, its upstream, and who may create rooms.");

        // The page finds its own way from the path. Without it, the address says how to get it.
        var page = app.Environment.WebRootFileProvider.GetFileInfo("index.html");
        foreach (var path in new[] { "/", "/join", "/rooms/{room}" })
        {
            app.MapGet(path, () => page.Exists
                ? Results.Stream(page.CreateReadStream(), "text/html; charset=utf-8")
                : Results.Text("The web page was not built: install Node 20 or later and build the hub again. Everything else works without it.\n")).ExcludeFromDescription();
        }
    }
}
