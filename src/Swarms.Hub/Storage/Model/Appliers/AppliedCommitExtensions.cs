using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Asks in the transaction whether a member may do what it was allowed to begin: a removal may have been stored in between.
/// </summary>
internal static class AppliedCommitExtensions
{
    /// <summary>Requires that the member is in the room with at least that role. The hub itself, null, may do everything.</summary>
    public static void Require(this AppliedCommit commit, string? memberId, string role)
    {
        if (memberId is null)
            return;

        if (commit.Context.Members.Find(memberId) is not { HasLeft: false } member || member.RoomKey != commit.RoomKey)
            throw RoomAccess.NotInRoom();

        if (!RoleRank.IsAtLeast(member.Role, role))
            throw new HubErrorException(ErrorCodes.Forbidden, $"A {member.Role} may not do this; it takes a {role}.");
    }
}
