namespace Swarms.Hub.Protocol;

/// <summary>A new invite. Its secrets are shown this once.</summary>
public sealed record InviteCreated
{
    /// <summary>The invite.</summary>
    public required Invite Invite { get; init; }

    /// <summary>A link for people; its secret stands behind <c>#</c>, which browsers do not send.</summary>
    public required string Url { get; init; }

    /// <summary>A short code to read out.</summary>
    public required string Code { get; init; }
}
