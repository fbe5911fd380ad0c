namespace Swarms.Hub.Protocol;

/// <summary>The times at which members watched a room. Hosts only.</summary>
public sealed record RoomAttendance
{
    /// <summary>The members who watched, former ones too, in the order in which they first came.</summary>
    public required IReadOnlyList<MemberAttendance> Members { get; init; }

    /// <summary>False if older times were left out, because there are more than an answer holds.</summary>
    public required bool IsWhole { get; init; }
}
