namespace Swarms.Hub.Protocol;

/// <summary>A program that a host has admitted. It is a member of the room; removing that member revokes its token.</summary>
public sealed record RoomProgram
{
    /// <summary>The program's member id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in the room.</summary>
    public required string Name { get; init; }

    /// <summary>Its role.</summary>
    [OneOf(typeof(MemberRoles))]
    public required string Role { get; init; }

    /// <summary>The id of the host who admitted it.</summary>
    public required string By { get; init; }

    /// <summary>The time of its admission, in UTC with milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of its token's lifetime, in UTC with milliseconds; null if it has none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its token's last use, to the hour; the time of its creation before the first.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }
}
