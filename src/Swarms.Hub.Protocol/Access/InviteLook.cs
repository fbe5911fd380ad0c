using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The room that an invite leads to, as it is shown before anybody joins.</summary>
public sealed record InviteLook
{
    /// <summary>The room.</summary>
    public required InvitedRoom Room { get; init; }

    /// <summary>The names of its hosts; at most 20.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The role of members who join by the invite.</summary>
    [OneOf(typeof(MemberRoles))]
    public required string Role { get; init; }

    /// <summary>The end of the invite's lifetime, in UTC with milliseconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The caller, if its cookie or token stands for a member of the room already; null for anybody else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Member? Member { get; init; }
}
