namespace Swarms.Hub.Protocol;

/// <summary>A way into a room.</summary>
public sealed record Invite
{
    /// <summary>What takes it back.</summary>
    public required string Id { get; init; }

    /// <summary>The role of those who join by it.</summary>
    public required string Role { get; init; }

    /// <summary>How many may join by it; null for any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>In UTC with milliseconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
