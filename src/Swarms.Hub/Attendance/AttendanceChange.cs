using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Attendance;

/// <summary>Changes of a room's attendance. They ride in commits without events.</summary>
internal abstract record AttendanceChange : RoomChange
{
    /// <summary>
    /// Begins and ends the times of members, in order. One that begins within the gap after the last one continues it: a reconnect or a
    /// restart of the hub is no leave.
    /// </summary>
    internal sealed record Add(IReadOnlyList<AttendanceMark> Marks, TimeSpan Gap) : AttendanceChange;

    /// <summary>Notes that the times of those who watch go on. After a crash they end at the last such note.</summary>
    internal sealed record GoOn(DateTimeOffset At) : AttendanceChange;
}
