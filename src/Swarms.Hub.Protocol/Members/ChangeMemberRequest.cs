namespace Swarms.Hub.Protocol;

/// <summary>The request that changes a member.</summary>
public sealed record ChangeMemberRequest
{
    /// <summary>The new role; only a host may change it.</summary>
    [OneOf(typeof(MemberRoles))]
    public string? Role { get; init; }

    /// <summary>The new name: 1 to 100 characters.</summary>
    public string? Name { get; init; }
}
