using System.ComponentModel;
using System.Text;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// The door for downloading a transcript of one run or of the whole room. A room is written while it is read, one message or run at a
/// time. <see cref="RoomTranscript"/> reads it and an <see cref="ITranscriptForm"/> formats it.
/// </summary>
internal static class TranscriptsApi
{
    private const string ZoneHelp = "The zone of the times for people, by its IANA name, such as Europe/Berlin; UTC if left out.";

    public static IEndpointRouteBuilder MapTranscripts(this IEndpointRouteBuilder routes)
    {
        var room = routes.MapGroup("/api/rooms/{room}").RequireAuthorization(RoomPolicies.Viewer);
        Describe<Transcript>(room.MapGet("transcript", WriteRoomAsync))
            .WithName("getRoomTranscript")
            .WithSummary("The room's transcript: md, txt, json, html, a csv of usage, or a replay in one file.");
        Describe<Run>(room.MapGet("runs/{run}/transcript", WriteRunAsync))
            .WithName("getRunTranscript")
            .WithSummary("One run's transcript: md, txt, json, html, or a csv of usage.");
        // It describes files, and no call of the API.
        routes.MapGet(TranscriptSchema.Path, () => TypedResults.Text(TranscriptSchema.Json, "application/schema+json"))
            .AllowAnonymous()
            .ExcludeFromDescription();
        return routes;
    }

    private static RouteHandlerBuilder Describe<T>(RouteHandlerBuilder route) =>
        LaneReads.Allow(route).Produces<T>(200, TranscriptForms.Json, "text/markdown", "text/plain", "text/html", "text/csv");

    private static async Task WriteRoomAsync(
        [OneOf(typeof(TranscriptFormats)), Description("Markdown if left out.")] string? format,
        [Description(ZoneHelp)] string? zone,
        RoomCaller caller, IRoomDirectory rooms, RoomTranscript transcript, HeavyReads heavy, TimeProvider time,
        HttpContext context, CancellationToken cancellationToken)
    {
        using var read = heavy.Begin(caller);
        var form = TranscriptForms.Find(format);
        var times = TranscriptView.FindZone(zone);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var heading = TranscriptHeading.Of(lease.Log, caller.Member.Id, time.GetUtcNow(), times);
        var fileName = TranscriptFileName.OfRoom(heading.Room, TranscriptForms.SuffixOf(format));
        var output = new TranscriptOutput(context.Response, TranscriptForms.ContentTypeOf(format), fileName);
        if (format == TranscriptFormats.Json)
        {
            await JsonTranscript.WriteAsync(output, heading, lease.Log, caller.Member.Id, transcript, cancellationToken);
            return;
        }

        if (format == TranscriptFormats.Replay)
        {
            await ReplayTranscript.WriteAsync(output, heading, lease.Log, caller.Member.Id, transcript, cancellationToken);
            return;
        }

        await output.WriteAsync(text => form!.Begin(text, heading), cancellationToken);
        await foreach (var entry in transcript.ReadAsync(lease.Log, caller.Member.Id, heading.Through, cancellationToken))
            await output.WriteAsync(text => form!.Write(text, entry, heading.View), cancellationToken);

        await output.WriteAsync(form!.End, cancellationToken);
    }

    private static async Task WriteRunAsync(
        string run,
        [OneOf(typeof(TranscriptFormats)), Description("Markdown if left out. A replay is of a room only.")] string? format,
        [Description(ZoneHelp)] string? zone,
        RoomCaller caller, IRoomDirectory rooms, RoomTranscript transcript, RunReader reader,
        HeavyReads heavy, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        using var read = heavy.Begin(caller);
        var form = TranscriptForms.FindOfRun(format);
        var times = TranscriptView.FindZone(zone);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var found = lease.Log.ShowTo(caller.Member.Id, await reader.GetAsync(lease.Log, run, cancellationToken));
        var fileName = TranscriptFileName.OfRun(found, TranscriptForms.SuffixOf(format));
        var output = new TranscriptOutput(context.Response, TranscriptForms.ContentTypeOf(format), fileName);
        if (form is null)
        {
            await output.WriteRawAsync(Encoding.UTF8.GetBytes(JsonTranscript.Encode(found)), cancellationToken);
            return;
        }

        var entry = await transcript.ToEntryAsync(lease.Log, found, cancellationToken);
        var heading = TranscriptHeading.Of(lease.Log, caller.Member.Id, time.GetUtcNow(), times);
        await output.WriteAsync(
            text =>
            {
                form.Begin(text, heading);
                form.Write(text, entry, heading.View);
                form.End(text);
            },
            cancellationToken);
    }
}
