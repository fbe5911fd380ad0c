using System.ComponentModel;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// The door at which a page of any origin reads one run with the token of an embed. Called by many requests at once, on any thread. Next:
/// <see cref="SseFeed"/>.
/// </summary>
internal static class EmbedApi
{
    public static IEndpointRouteBuilder MapEmbed(this IEndpointRouteBuilder routes)
    {
        var feed = routes.MapGet($"{EmbedReads.Path}/{{run}}", ReadAsync).RequireAuthorization(RoomPolicies.Viewer);
        EmbedReads.Allow(feed)
            .Produces<RoomFrame>(200, "application/json", MediaTypes.EventStream)
            .WithName("getEmbed")
            .WithSummary("One run as the token of an embed shows it; with Accept: text/event-stream, its live feed.");
        return routes;
    }

    private static async Task<IResult> ReadAsync(
        [Description("The id of the run that the token reads.")] string run,
        [Description("A cursor behind which the feed resumes.")] string? after,
        RoomCaller caller, HttpContext context, IRoomDirectory rooms, RunReader reader, SseFeed feed, CancellationToken cancellationToken)
    {
        var embed = caller.Embed ?? throw RoomAccess.NotFound();
        if (!MediaTypes.IsEventStreamAccepted(context.Request))
        {
            using var lease = await rooms.OpenAsync(embed.RoomId, cancellationToken);
            var view = new RunView(lease.Log, run, embed.HidesTask, reader);
            var snapshot = await view.ToSnapshotAsync(SnapshotReasons.First, cancellationToken);
            return TypedResults.Bytes(snapshot.Json, "application/json; charset=utf-8");
        }

        // The feed has no end, and nobody reads it here.
        if (HttpMethods.IsHead(context.Request.Method))
            return TypedResults.Text("", MediaTypes.EventStream);

        var last = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } id] ? id : after;
        await feed.WriteAsync(context, caller, ViewerStart.At(last), cancellationToken);
        return TypedResults.Empty;
    }
}
