using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>The order of the roles.</summary>
internal static class RoleRank
{
    /// <summary>The roles from the least to the most allowed; a role's rank is its index.</summary>
    public static readonly string[] All = [MemberRoles.Viewer, MemberRoles.Participant, MemberRoles.Host];

    /// <summary>Returns the rank. A role that this version does not know is allowed as little as a viewer.</summary>
    public static int Of(string role) => Math.Max(0, Array.IndexOf(All, role));

    public static bool IsAtLeast(string role, string least) => Of(role) >= Of(least);

    /// <summary>Returns the roles that are allowed more than this one.</summary>
    public static string[] Above(string role) => All[(Of(role) + 1)..];
}
