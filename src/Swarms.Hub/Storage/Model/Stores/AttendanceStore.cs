using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Attendance;

namespace Swarms.Hub.Storage.Model;

/// <summary>Reads attendance on its own connections. Safe from any thread.</summary>
internal sealed class AttendanceStore(HubDatabase database) : IAttendanceStore
{
    public Task<IReadOnlyList<StoredAttendance>> ListAsync(string roomId, int max, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredAttendance>>(async context =>
        {
            var newest = await (
                from time in context.Attendance
                join room in context.Rooms on time.RoomKey equals room.Key
                join member in context.Members on time.MemberId equals member.Id
                where room.Id == roomId && room.DeletedAt == null
                orderby time.CameAt descending, time.MemberId descending
                select new StoredAttendance(time.MemberId, member.Name, member.Role, time.CameAt, time.LastAt, time.IsOpen))
                .Take(max).ToListAsync(cancellationToken);
            newest.Reverse();
            return newest;
        });

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> FindLastAsync(string roomId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(async context =>
        {
            var last = await (
                from time in context.Attendance
                join room in context.Rooms on time.RoomKey equals room.Key
                where room.Id == roomId && room.DeletedAt == null
                group time.LastAt by time.MemberId into times
                select new { times.Key, At = times.Max() }).ToListAsync(cancellationToken);
            return last.ToDictionary(member => member.Key, member => member.At);
        });
}
