namespace Swarms.Hub.Protocol;

/// <summary>An invite to a room.</summary>
public sealed record Invite
{
    /// <summary>The id by which it is taken back.</summary>
    public required string Id { get; init; }

    /// <summary>The role of members who join by it.</summary>
    [OneOf(typeof(MemberRoles))]
    public required string Role { get; init; }

    /// <summary>The number of members who may join by it; null for any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>The number of members who have joined by it.</summary>
    public int Uses { get; init; }

    /// <summary>The end of its lifetime, in UTC with milliseconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The id of the host who made it; null for the hub's operator.</summary>
    public string? By { get; init; }
}
