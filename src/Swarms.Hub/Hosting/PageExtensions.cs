using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Hosting;

/// <summary>Serves the web page and the server description that it reads first.</summary>
internal static class PageExtensions
{
    public static void MapPage(this WebApplication app)
    {
        app.MapGet("/api/server", Describe)
            .AllowAnonymous()
            .WithName("getServer")
            .WithSummary("The hub's version, its upstream, and who may create rooms.");

        // The page does its own routing. Its addresses are relative, so each form of it fits one depth of path.
        MapPage(app, "/", "/index.html");
        MapPage(app, "/join", "/index.html");
        MapPage(app, "/return", "/index.html");
        MapPage(app, "/rooms/{room}", "/room.html");
    }

    private static void MapPage(WebApplication app, string path, string file)
    {
        var files = app.Environment.WebRootFileProvider;
        app.MapGet(path, async (HttpContext context, RoomCreationPolicy creation) =>
            FindBetterAddress(context.Request) is { } better ? Results.LocalRedirect(better)
            : await PageFiles.FindPageAsync(context, files, file)
                ?? Results.Text(NotBuilt(creation.IsOpenFor(context.Request) ? app.Environment : null)))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    // A slash too many or too few changes the depth.
    private static string? FindBetterAddress(HttpRequest request) => request.Path.Value switch
    {
        "/" => null,
        "" or null => $"{request.PathBase}/{request.QueryString}",
        var path when path.EndsWith('/') => $"{request.PathBase}{new PathString(path.TrimEnd('/'))}{request.QueryString}",
        _ => null,
    };

    /// <summary>Says what is missing; where it was looked for, only to somebody on the same machine.</summary>
    internal static string NotBuilt(IWebHostEnvironment? environment)
    {
        var folder = environment is null ? null : ProgramFolder.FindMissingPage(environment);
        return $"The web page was not built{(folder is null ? "" : $", or is not in {folder}")}: "
            + "install Node 20 or later and build the hub again. Everything else works without it.\n";
    }

    private static Ok<ServerDescription> Describe(UpstreamRouter upstream, RoomCreationPolicy creation, HttpRequest request) =>
        TypedResults.Ok(new ServerDescription(
            typeof(PageExtensions).Assembly.GetName().Version!.ToString(3),
            new(upstream.Description.Kind, upstream.Description.Host),
            creation.IsOpenFor(request) ? RoomCreators.Open : RoomCreators.Operator)
        {
            OtherUpstreams = upstream.Others.Count == 0
                ? null
                : [.. upstream.Others.Select(one => new OtherUpstream(one.Name, one.Description.Kind))],
        });
}
