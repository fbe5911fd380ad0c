using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Attendance;

/// <summary>The door at which hosts see how members follow the room, and who was here and when.</summary>
internal static class AttendanceApi
{
    // 5 MB of JSON.
    private const int MaxTimes = 50_000;

    // As long as a person's own writes may wait for the disk.
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(8);

    public static IEndpointRouteBuilder MapAttendance(this IEndpointRouteBuilder routes)
    {
        var room = routes.MapGroup("/api/rooms/{room}").RequireAuthorization(RoomPolicies.Host);
        room.MapGet("presence", ReadPresenceAsync)
            .WithName("getPresence")
            .WithSummary("How each member follows the room: live, behind or gone.");
        room.MapGet("attendance", ReadAttendanceAsync)
            .Produces<RoomAttendance>(200, "application/json", "text/csv")
            .WithName("getAttendance")
            .WithSummary("Who watched the room, when and how long: json or csv.");
        return routes;
    }

    private static async Task<Ok<RoomWatching>> ReadPresenceAsync(
        RoomCaller caller, IRoomDirectory rooms, PresenceRegistry presence, IAttendanceStore store, HeavyReads heavy,
        CancellationToken cancellationToken)
    {
        using var read = heavy.Begin(caller);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var last = await store.FindLastAsync(caller.RoomId, cancellationToken);
        var behind = presence.ReadProgress(caller.RoomId).ToDictionary(member => member.MemberId, member => member.EventsBehind);
        var members = lease.Log.Query(state => state.Members.Select(member => member.Id).ToList()).ConvertAll(
            id => behind.TryGetValue(id, out var events)
                ? WatchingNotifier.Watching(id, events)
                : WatchingNotifier.Gone(id, last.TryGetValue(id, out var at) ? at : null));
        return TypedResults.Ok(new RoomWatching { Members = members });
    }

    private static async Task<Results<Ok<RoomAttendance>, FileContentHttpResult>> ReadAttendanceAsync(
        [OneOf(typeof(AttendanceFormats)), Description("JSON if left out.")] string? format,
        RoomCaller caller, IRoomDirectory rooms, AttendanceRecorder recorder, IAttendanceStore store, HeavyReads heavy,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (format is not (null or AttendanceFormats.Json or AttendanceFormats.Csv))
            throw new HubErrorException(ErrorCodes.Invalid, "format must be \"json\" or \"csv\".");

        using var read = heavy.Begin(caller);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        lease.Log.RequireStorage();
        await FlushAsync(recorder, lease.Log, cancellationToken);
        var times = await store.ListAsync(caller.RoomId, MaxTimes, cancellationToken);
        var attendance = ToAttendance(times, time.GetUtcNow());
        return format == AttendanceFormats.Csv
            ? TypedResults.File(Encoding.UTF8.GetBytes(AttendanceCsv.Write(attendance)), "text/csv; charset=utf-8", "attendance.csv")
            : TypedResults.Ok(attendance);
    }

    private static async Task FlushAsync(AttendanceRecorder recorder, RoomLog log, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(FlushTimeout);
        try
        {
            await recorder.FlushAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The disk failed meanwhile. Where it did not, the list lacks the last seconds.
            log.RequireStorage();
        }
    }

    private static RoomAttendance ToAttendance(IReadOnlyList<StoredAttendance> times, DateTimeOffset now) => new()
    {
        IsWhole = times.Count < MaxTimes,
        Members = [.. times.GroupBy(time => time.MemberId).Select(member =>
        {
            var watched = member
                .Select(time => new AttendanceTime(time.CameAt, time.IsOpen && now > time.LastAt ? now : time.LastAt)).ToList();
            return new MemberAttendance
            {
                Id = member.Key,
                Name = member.First().Name,
                Role = member.First().Role,
                Seconds = (long)watched.Sum(time => (time.Until - time.From).TotalSeconds),
                IsHere = member.Any(time => time.IsOpen),
                Times = watched,
            };
        })],
    };
}
