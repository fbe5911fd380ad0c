namespace Swarms.Hub.Protocol;

/// <summary>A person or program admitted to a room.</summary>
public sealed record Member
{
    /// <summary>Opaque, URL-safe, sorts by creation.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="MemberRoles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>In UTC with milliseconds.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>True between <c>hand.raised</c> and <c>hand.lowered</c>.</summary>
    public bool HandRaised { get; init; }
}
