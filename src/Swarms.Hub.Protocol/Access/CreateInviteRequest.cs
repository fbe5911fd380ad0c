using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that creates an invite.</summary>
public sealed record CreateInviteRequest
{
    /// <summary>The role of members who join by it: one of <see cref="MemberRoles"/>.</summary>
    [OneOf(typeof(MemberRoles))]
    public string? Role { get; init; }

    /// <summary>The number of members who may join by it; any number if left out.</summary>
    public int? MaxUses { get; init; }

    /// <summary>The lifetime: 1 second to 30 days; 7 days if left out.</summary>
    public long? ExpiresInSeconds { get; init; }

    /// <summary>The id of an invite that this one replaces: it is taken back at the same moment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Replaces { get; init; }
}
