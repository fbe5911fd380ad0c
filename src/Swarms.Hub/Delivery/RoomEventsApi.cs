using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// The door for reading a room over HTTP: its snapshot, its events page by page, and the live feed as server-sent events. Called by many
/// requests at once, on any thread. Next: <see cref="SseFeed"/>.
/// </summary>
internal static class RoomEventsApi
{
    private const string DefaultLimit = "100";
    private const int MaxLimit = 1000;

    public static IEndpointRouteBuilder MapDelivery(this IEndpointRouteBuilder routes)
    {
        var room = routes.MapGroup("/api/rooms/{room}").RequireAuthorization(RoomPolicies.Viewer);
        LaneReads.Allow(room.MapGet("", GetSnapshotAsync)).Produces<RoomWithMe>()
            .WithName("getRoom")
            .WithSummary("The room as it is now, and who is asking.");
        LaneReads.Allow(room.MapGet("events", GetEventsAsync))
            .Produces<EventPage>(200, "application/json", MediaTypes.EventStream)
            .AlsoRefuses(ErrorCodes.Conflict)
            .WithName("getEvents")
            .WithSummary("A page of the room's events; with Accept: text/event-stream, the live feed.");
        return routes.MapEmbed();
    }

    private static async Task<IResult> GetSnapshotAsync(RoomCaller caller, IRoomDirectory rooms, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        // The frame is encoded once for everybody who asks at the same head, here and over a stream. The caller is added behind it.
        var snapshot = lease.Log.ToSnapshot(SnapshotReasons.First, caller.Member.Id).Json[..^1];
        var me = JsonSerializer.SerializeToUtf8Bytes(caller.Member, ProtocolJson.Options);
        return TypedResults.Bytes((byte[])[.. snapshot.Span, .. ",\"me\":"u8, .. me, .. "}"u8], "application/json; charset=utf-8");
    }

    private static async Task<IResult> GetEventsAsync(
        RoomCaller caller,
        [Description("A cursor or a sequence behind which the page starts; 0 is the room's start.")] string? after,
        [Range(1, MaxLimit), DefaultValue(DefaultLimit)] string? limit,
        HttpContext context, IRoomDirectory rooms, SseFeed feed, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        if (MediaTypes.IsEventStreamAccepted(context.Request))
        {
            // The feed has no end, and nobody reads it here.
            if (HttpMethods.IsHead(context.Request.Method))
                return TypedResults.Text("", MediaTypes.EventStream);

            var last = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } id] ? id : after;
            await feed.WriteAsync(context, caller, ViewerStart.Parse(last), cancellationToken);
            return TypedResults.Empty;
        }

        var count = ParseLimit(limit ?? DefaultLimit);
        var from = ViewerStart.Parse(after);
        if (from.Cursor is { } cursor)
            await lease.Log.RequireHistoryAsync(cursor, cancellationToken);

        var position = await lease.Log.FindPositionAsync(from.Cursor?.Sequence ?? from.Sequence ?? 0, cancellationToken);
        var page = await lease.Log.ReadStoreAsync(position.Sequence, lease.Log.Head, count, cancellationToken);
        // The audience is asked after the read, so no event of the page is newer than it.
        var audience = lease.Log.AudienceOf(caller.Member.Id);
        if (from.Cursor is { } seen && position.FindAudience(seen) != audience)
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "You may see costs now, or may not any more. Fetch the room's snapshot and go on from its cursor.");
        }

        return TypedResults.Text(Encode(page?.For(audience), position, audience), "application/json");
    }

    private static int ParseLimit(string limit) =>
        int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxLimit
            ? number
            : throw new HubErrorException(ErrorCodes.Invalid, $"limit must be 1 to {MaxLimit}.");

    private static byte[] Encode(CommittedBatch? page, LogPosition position, Audience audience)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("events"u8);
            foreach (var committed in page?.Events ?? [])
                writer.WriteRawValue(committed.Json.Span, skipInputValidation: true);

            writer.WriteEndArray();
            writer.WriteString("cursor"u8, page?.Cursor ?? position.ToString(audience));
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
