namespace Swarms.Hub.Protocol;

/// <summary>The invites of a room that still admit somebody.</summary>
public sealed record InviteList
{
    /// <summary>The invites, newest first; at most 1000.</summary>
    public required IReadOnlyList<Invite> Invites { get; init; }
}
