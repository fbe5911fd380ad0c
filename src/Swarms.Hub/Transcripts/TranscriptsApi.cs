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
    public static IEndpointRouteBuilder MapTranscripts(this IEndpointRouteBuilder routes)
    {
        var room = routes.MapGroup("/api/rooms/{room}").RequireAuthorization(RoomPolicies.Viewer);
        Describe<Transcript>(room.MapGet("transcript", WriteRoomAsync))
            .WithName("getRoomTranscript")
            .WithSummary("The room's transcript: md, txt, json or html.");
        Describe<Run>(room.MapGet("runs/{run}/transcript", WriteRunAsync))
            .WithName("getRunTranscript")
            .WithSummary("One run's transcript: md, txt, json or html.");
        return routes;
    }

    private static RouteHandlerBuilder Describe<T>(RouteHandlerBuilder route) =>
        LaneReads.Allow(route).Produces<T>(200, TranscriptForms.Json, "text/markdown", "text/plain", "text/html");

    private static async Task WriteRoomAsync(
        [OneOf(typeof(TranscriptFormats)), Description("Markdown if left out.")] string? format,
        RoomCaller caller, IRoomDirectory rooms, RoomTranscript transcript, HeavyReads heavy, TimeProvider time,
        HttpContext context, CancellationToken cancellationToken)
    {
        using var read = heavy.Begin(caller);
        var form = TranscriptForms.Find(format);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var heading = TranscriptHeading.Of(lease.Log, caller.Member.Id, time.GetUtcNow());
        var fileName = TranscriptFileName.OfRoom(heading.Room, form?.Extension ?? "json");
        var output = new TranscriptOutput(context.Response, form?.ContentType ?? TranscriptForms.Json, fileName);
        if (form is null)
        {
            await JsonTranscript.WriteAsync(output, heading, lease.Log, caller.Member.Id, transcript, cancellationToken);
            return;
        }

        await output.WriteAsync(text => form.Begin(text, heading), cancellationToken);
        await foreach (var entry in transcript.ReadAsync(lease.Log, caller.Member.Id, heading.Through, cancellationToken))
            await output.WriteAsync(text => form.Write(text, entry), cancellationToken);

        await output.WriteAsync(form.End, cancellationToken);
    }

    private static async Task WriteRunAsync(
        string run,
        [OneOf(typeof(TranscriptFormats)), Description("Markdown if left out.")] string? format,
        RoomCaller caller, IRoomDirectory rooms, RoomTranscript transcript, RunReader reader,
        HeavyReads heavy, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        using var read = heavy.Begin(caller);
        var form = TranscriptForms.Find(format);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var found = lease.Log.ShowTo(caller.Member.Id, await reader.GetAsync(lease.Log, run, cancellationToken));
        var fileName = TranscriptFileName.OfRun(found, form?.Extension ?? "json");
        var output = new TranscriptOutput(context.Response, form?.ContentType ?? TranscriptForms.Json, fileName);
        if (form is null)
        {
            await output.WriteRawAsync(Encoding.UTF8.GetBytes(JsonTranscript.Encode(found)), cancellationToken);
            return;
        }

        var entry = await transcript.ToEntryAsync(lease.Log, found, cancellationToken);
        var heading = TranscriptHeading.Of(lease.Log, caller.Member.Id, time.GetUtcNow());
        await output.WriteAsync(
            text =>
            {
                form.Begin(text, heading);
                form.Write(text, entry);
                form.End(text);
            },
            cancellationToken);
    }
}
