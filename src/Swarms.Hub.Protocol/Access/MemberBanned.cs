namespace Swarms.Hub.Protocol;

/// <summary>The answer to removing a member with a ban.</summary>
public sealed record MemberBanned
{
    /// <summary>The ban of its browser; null where the member had a token only, which a ban cannot tell from others.</summary>
    public Ban? Ban { get; init; }

    /// <summary>The invites by which the member came and that still admit somebody: take them back, or replace them.</summary>
    public required IReadOnlyList<Invite> Invites { get; init; }
}
