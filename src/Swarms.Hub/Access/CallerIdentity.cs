using System.Security.Claims;

namespace Swarms.Hub.Access;

/// <summary>The proof that an authenticated request presents, and the memberships that it stands for.</summary>
/// <param name="kind">The kind of proof.</param>
/// <param name="credential">The hash by which the store finds it again; empty for the operator's key.</param>
/// <param name="tokens">The memberships at the time of the request.</param>
internal sealed class CallerIdentity(CallerKind kind, byte[] credential, IReadOnlyList<FoundToken> tokens)
    : ClaimsIdentity(MemberAuthenticationHandler.SchemeName)
{
    public CallerKind Kind { get; } = kind;

    public byte[] Credential { get; } = credential;

    public IReadOnlyList<FoundToken> Tokens { get; } = tokens;

    /// <summary>The embed whose token it is; null for every other kind. Such a caller has no memberships.</summary>
    public FoundEmbed? Embed { get; init; }

    /// <summary>The end of the proof's lifetime. A session has none, because its use extends it.</summary>
    public DateTimeOffset? ExpiresAt => Embed is { } embed ? embed.ExpiresAt
        : Kind != CallerKind.Session && Tokens is [var token, ..] ? token.ExpiresAt
        : null;
}
