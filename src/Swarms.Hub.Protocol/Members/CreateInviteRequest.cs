namespace Swarms.Hub.Protocol;

/// <summary>What creates an invite.</summary>
public sealed record CreateInviteRequest
{
    /// <summary>The role of those who join by it: one of <see cref="MemberRoles"/>.</summary>
    public string? Role { get; init; }

    /// <summary>How many may join by it; any number if left out.</summary>
    public int? MaxUses { get; init; }

    /// <summary>1 second to 30 days; 7 days if left out.</summary>
    public long? ExpiresInSeconds { get; init; }
}
