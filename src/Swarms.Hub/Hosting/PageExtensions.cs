using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Hosting;

/// <summary>Serves the web page and the server description that it reads first.</summary>
internal static class PageExtensions
{
    private const string NotBuilt =
        "The web page was not built: install Node 20 or later and build the hub again. Everything else works without it.\n";

    public static void MapPage(this WebApplication app)
    {
        app.MapGet("/api/server", Describe).WithSummary("The hub's version, its upstream, and who may create rooms.");

        // The page does its own routing. If it was not built, its addresses say how to build it.
        var files = app.Environment.WebRootFileProvider;
        foreach (var path in new[] { "/", "/join", "/return", "/rooms/{room}" })
        {
            app.MapMethods(
                path,
                [HttpMethods.Get, HttpMethods.Head],
                async (HttpContext context) => await PageFiles.FindPageAsync(context, files) ?? Results.Text(NotBuilt))
                .ExcludeFromDescription();
        }
    }

    private static Ok<ServerDescription> Describe(IUpstream upstream, RoomCreationPolicy creation, HttpRequest request) =>
        TypedResults.Ok(new ServerDescription(
            typeof(PageExtensions).Assembly.GetName().Version!.ToString(3),
            new(upstream.Description.Kind, upstream.Description.Host),
            creation.IsOpenFor(request) ? RoomCreators.Open : RoomCreators.Operator));
}
