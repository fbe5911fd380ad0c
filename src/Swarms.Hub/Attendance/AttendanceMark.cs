namespace Swarms.Hub.Attendance;

/// <summary>A member came to a room, or left it.</summary>
internal sealed record AttendanceMark(string RoomId, string MemberId, DateTimeOffset At, bool IsHere);
