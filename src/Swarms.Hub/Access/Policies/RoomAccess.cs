using System.Security.Claims;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>
/// Decides what a principal may do in a room. Every call reads the role from the room, so a change counts at once.
/// Safe from any thread.
/// </summary>
internal sealed class RoomAccess(IRoomDirectory rooms, IRoomStore store, TokenUses uses)
{
    /// <summary>
    /// Returns the caller's member if its role is at least <paramref name="role"/>; otherwise throws the refusal. Where the call reads
    /// lanes, <paramref name="roomId"/> may be a lane's, and the caller must be a host of its room.
    /// </summary>
    public async Task<RoomCaller> RequireAsync(
        ClaimsPrincipal principal, string? roomId, string role, bool readsLanes, CancellationToken cancellationToken)
    {
        if (principal.FindCaller() is not { } identity)
        {
            throw new HubErrorException(
                ErrorCodes.Unauthenticated,
                "This call needs a token of the room: send it as \"Authorization: Bearer …\" or join the room first.");
        }

        if (identity.Tokens.FirstOrDefault(token => token.Membership.RoomId == roomId) is not { Membership: var membership } token)
        {
            return (readsLanes && roomId is not null ? await FindHostAsync(identity, roomId, cancellationToken) : null)
                ?? throw NotFound();
        }

        using var lease = await rooms.OpenAsync(membership.RoomId, cancellationToken);
        if (lease.Log.Query(state => state.FindMember(membership.MemberId)) is not { } member)
            throw NotInRoom();

        if (!RoleRank.IsAtLeast(member.Role, role))
            throw new HubErrorException(ErrorCodes.Forbidden, $"A {member.Role} may not do this; it takes a {role}.");

        uses.Note(lease.Log, identity.Kind, token);
        return new RoomCaller(membership.RoomId, member, identity);
    }

    /// <summary>
    /// Returns the caller that the token of an embed stands for: nobody of the room, who reads the embed's run as if it was a room. Refuses
    /// with <c>not_found</c> every other run, room and call.
    /// </summary>
    public static RoomCaller RequireEmbed(ClaimsPrincipal principal, string? runId, string role, bool readsEmbeds)
    {
        var identity = principal.FindCaller()
            ?? throw new HubErrorException(ErrorCodes.Unauthenticated, "This call needs the token of an embed.");
        if (!readsEmbeds || role != MemberRoles.Viewer || identity.Embed is not { } embed || embed.RunId != runId)
            throw NotFound();

        // Its id stands for all readers of this embed where members are counted.
        var reader = new Member { Id = embed.Id, Name = "", Role = MemberRoles.Viewer, JoinedAt = default };
        return new RoomCaller(embed.RunId, reader, identity) { Embed = embed };
    }

    /// <summary>Creates the refusal of an embed that was revoked.</summary>
    public static HubErrorException EmbedRevoked() => new(ErrorCodes.Unauthenticated, "The token was revoked. Ask for a new one.");

    /// <summary>Creates the refusal of a member who has left or was removed.</summary>
    public static HubErrorException NotInRoom() =>
        new(ErrorCodes.Unauthenticated, "You are not in this room any more. Join it again with an invite.");

    // Null also for members who are no hosts: to them there is no lane.
    private async Task<RoomCaller?> FindHostAsync(CallerIdentity identity, string laneId, CancellationToken cancellationToken)
    {
        if (await store.FindLaneAsync(laneId, cancellationToken) is not { } lane
            || identity.Tokens.FirstOrDefault(token => token.Membership.RoomId == lane.Room) is not { Membership: var membership } token)
        {
            return null;
        }

        using var lease = await rooms.OpenAsync(lane.Room, cancellationToken);
        if (lease.Log.Query(state => state.FindMember(membership.MemberId)) is not { Role: MemberRoles.Host } member)
            return null;

        uses.Note(lease.Log, identity.Kind, token);
        return new RoomCaller(laneId, member, identity) { Lane = lane };
    }

    /// <summary>
    /// Creates the refusal of a room that is missing or foreign. Both get the same answer, so that an id reveals nothing.
    /// </summary>
    public static HubErrorException NotFound() => new(ErrorCodes.NotFound, "There is no such room, or you are not in it.");
}
