namespace Swarms.Hub.Access;

/// <summary>
/// The proof that a caller has in a room once it entered: a token in the answer, or its browser's session in a cookie.
/// </summary>
/// <param name="Secret">The token, or the session.</param>
/// <param name="IsSession">True for a session.</param>
/// <param name="ExpiresAt">The end of its lifetime; null for none.</param>
internal sealed record NewAccess(string Secret, bool IsSession, DateTimeOffset? ExpiresAt)
{
    public static NewAccess CreateToken(DateTimeOffset? expiresAt) => new(Secrets.Create(Secrets.TokenPrefix), false, expiresAt);

    /// <summary>The hash by which requests are looked up.</summary>
    public byte[] Credential => Secrets.Hash(Secret);

    /// <summary>The hash of the session; null for a token.</summary>
    public byte[]? Session => IsSession ? Credential : null;

    public TokenChange.Add ToChange(string memberId, DateTimeOffset now) => IsSession
        ? new TokenChange.Add(memberId, Secrets.Hash($"{Secret}\n{memberId}"), now, ExpiresAt, Session)
        : new TokenChange.Add(memberId, Secrets.Hash(Secret), now, ExpiresAt);
}
