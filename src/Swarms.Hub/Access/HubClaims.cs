using System.Security.Claims;

namespace Swarms.Hub.Access;

/// <summary>The claims of an authenticated request: one identity for each membership that it presents.</summary>
internal static class HubClaims
{
    private const string Room = "room";
    private const string Member = "member";
    private const string Operator = "operator";
    private const string Token = "token";

    public static ClaimsIdentity CreateIdentity(Membership membership, string scheme, bool isToken)
    {
        var identity = new ClaimsIdentity(
            [new Claim(Room, membership.RoomId), new Claim(Member, membership.MemberId)], scheme);
        if (isToken)
            identity.AddClaim(new Claim(Token, "true"));

        return identity;
    }

    public static ClaimsIdentity CreateOperator(string scheme) => new([new Claim(Operator, "true")], scheme);

    public static bool IsOperator(this ClaimsPrincipal principal) => principal.HasClaim(claim => claim.Type == Operator);

    /// <summary>Returns the memberships that the request presents.</summary>
    public static IEnumerable<Membership> GetMemberships(this ClaimsPrincipal principal) =>
        from identity in principal.Identities
        let room = identity.FindFirst(Room)
        let member = identity.FindFirst(Member)
        where room is not null && member is not null
        select new Membership(room.Value, member.Value);

    /// <summary>Returns the membership of a token in a header; null for cookies and tickets.</summary>
    public static Membership? FindTokenMembership(this ClaimsPrincipal principal) =>
        principal.Identities.FirstOrDefault(identity => identity.HasClaim(claim => claim.Type == Token)) is { } identity
            ? new ClaimsPrincipal(identity).GetMemberships().First()
            : null;
}
