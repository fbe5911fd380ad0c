namespace Swarms.Hub.Storage.Model;

/// <summary>A token, by the SHA-256 of its text; or a browser session's membership in one room.</summary>
internal sealed class TokenRow
{
    public required byte[] Hash { get; set; }

    public required string MemberId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The end of its lifetime; null for none.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The last use, to the hour.</summary>
    public DateTimeOffset LastUsedAt { get; set; }

    /// <summary>The SHA-256 of the session; null for a token.</summary>
    public byte[]? SessionHash { get; set; }
}
