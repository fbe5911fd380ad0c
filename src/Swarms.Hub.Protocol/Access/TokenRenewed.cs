namespace Swarms.Hub.Protocol;

/// <summary>The caller's new token. The old one is revoked.</summary>
public sealed record TokenRenewed
{
    /// <summary>The new token.</summary>
    public required string Token { get; init; }

    /// <summary>The end of its lifetime, in UTC with milliseconds; null if it has none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
