namespace Swarms.Hub.Protocol;

/// <summary>The request that looks at an invite.</summary>
public sealed record LookAtInviteRequest
{
    /// <summary>The secret after <c>#</c> in the invite's link; leave it out to give <see cref="Code"/>.</summary>
    public string? Invite { get; init; }

    /// <summary>The invite's short code.</summary>
    public string? Code { get; init; }
}
