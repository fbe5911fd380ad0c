using System.Security.Claims;

namespace Swarms.Hub.Access;

/// <summary>The caller in a principal.</summary>
internal static class CallerExtensions
{
    /// <summary>Returns the proof that the request presents; null for an anonymous one.</summary>
    public static CallerIdentity? FindCaller(this ClaimsPrincipal principal) => principal.Identity as CallerIdentity;

    public static bool IsOperator(this ClaimsPrincipal principal) => principal.FindCaller()?.Kind == CallerKind.Operator;

    /// <summary>Returns the caller with a room's token in a header; null for cookies, tickets and the operator.</summary>
    public static CallerIdentity? FindTokenCaller(this ClaimsPrincipal principal) =>
        principal.FindCaller() is { Kind: CallerKind.Token } caller ? caller : null;
}
