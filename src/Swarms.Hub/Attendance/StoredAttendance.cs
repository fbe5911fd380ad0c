namespace Swarms.Hub.Attendance;

/// <summary>A stored time of a member.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Name">Its name, or its last one.</param>
/// <param name="Role">Its role, or its last one.</param>
/// <param name="CameAt">The beginning.</param>
/// <param name="LastAt">The end, or the last moment that is known while it goes on.</param>
/// <param name="IsOpen">True while it goes on.</param>
internal sealed record StoredAttendance(
    string MemberId, string Name, string Role, DateTimeOffset CameAt, DateTimeOffset LastAt, bool IsOpen);
