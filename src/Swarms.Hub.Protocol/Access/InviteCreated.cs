namespace Swarms.Hub.Protocol;

/// <summary>A new invite. Its secrets are shown only here.</summary>
public sealed record InviteCreated
{
    /// <summary>The invite.</summary>
    public required Invite Invite { get; init; }

    /// <summary>A link for people. Its secret follows <c>#</c>, and browsers do not send that part.</summary>
    public required string Url { get; init; }

    /// <summary>A short code to read out.</summary>
    public required string Code { get; init; }
}
