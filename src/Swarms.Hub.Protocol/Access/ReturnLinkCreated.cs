namespace Swarms.Hub.Protocol;

/// <summary>A new return link. Its secret is shown only here.</summary>
public sealed record ReturnLinkCreated
{
    /// <summary>The link. Its secret follows <c>#</c>, and browsers do not send that part.</summary>
    public required string Url { get; init; }

    /// <summary>The end of its lifetime, in UTC with milliseconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
