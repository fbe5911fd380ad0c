namespace Swarms.Hub.Protocol;

/// <summary>The times in which one member watched a room.</summary>
public sealed record MemberAttendance
{
    /// <summary>The member's id.</summary>
    public required string Id { get; init; }

    /// <summary>The member's name, or the last one that it had.</summary>
    public required string Name { get; init; }

    /// <summary>The member's role, or the last one that it had.</summary>
    [OneOf(typeof(MemberRoles))]
    public required string Role { get; init; }

    /// <summary>The whole time in seconds.</summary>
    public required long Seconds { get; init; }

    /// <summary>True if it watches now.</summary>
    public required bool IsHere { get; init; }

    /// <summary>The times, oldest first.</summary>
    public required IReadOnlyList<AttendanceTime> Times { get; init; }
}
