using System.Security.Claims;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>
/// What a principal may do in a room. The role is asked of the room itself at every call, so that a change counts at once.
/// Safe from any thread.
/// </summary>
internal sealed class RoomAccess(IRoomDirectory rooms)
{
    /// <summary>The member as whom the principal may act in the room with at least that role; refuses with the code to tell.</summary>
    public async Task<RoomCaller> RequireAsync(ClaimsPrincipal principal, string? roomId, string role, CancellationToken cancellationToken)
    {
        if (principal.Identity?.IsAuthenticated != true)
            throw new HubErrorException(ErrorCodes.Unauthenticated, "This call needs a token of the room: send it as \"Authorization: Bearer …\" or join the room first.");

        if (principal.GetMemberships().FirstOrDefault(m => m.RoomId == roomId) is not { } membership)
            throw NotFound();

        using var lease = await rooms.OpenAsync(membership.RoomId, cancellationToken);
        if (lease.Log.Query(state => state.FindMember(membership.MemberId)) is not { } member)
            throw new HubErrorException(ErrorCodes.Unauthenticated, "You are not in this room any more. Join it again with an invite.");

        if (Rank(member.Role) < Rank(role))
            throw new HubErrorException(ErrorCodes.Forbidden, $"A {member.Role} may not do this; it takes a {role}.");

        return new RoomCaller(membership.RoomId, member);
    }

    // The same answer for a room that is not there and one that the caller is not in: ids give nothing away.
    private static HubErrorException NotFound() => new(ErrorCodes.NotFound, "There is no such room, or you are not in it.");

    private static int Rank(string role) => role switch
    {
        MemberRoles.Host => 2,
        MemberRoles.Participant => 1,
        _ => 0,
    };
}
