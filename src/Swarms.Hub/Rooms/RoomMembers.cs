using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Changes who is in a room and as what. Safe from any thread: what must not be true of two changes together (that the last host
/// goes) is decided in their commits.
/// </summary>
internal sealed class RoomMembers(RoomRegistry rooms, MemberConnections connections, TimeProvider time)
{
    public async Task<Member> ChangeAsync(RoomCaller caller, string memberId, string? role, string? name, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var member = Find(lease.Log, memberId);
        var changed = member with { Role = role ?? member.Role, Name = name ?? member.Name };
        if (changed == member)
            return member;

        await lease.Log.AppendNowAsync(
            [PendingEvent.Create(time.GetUtcNow(), EventTypes.MemberChanged, caller.Member.Id, new { member = RoomLifecycle.MemberData(changed) })],
            cancellationToken,
            new RoomChange.ChangeMember(member, changed));
        return changed;
    }

    /// <summary>The member's tokens are revoked and its connections end.</summary>
    public async Task RemoveAsync(RoomCaller caller, string memberId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        Find(lease.Log, memberId);
        var isLeaving = memberId == caller.Member.Id;
        await lease.Log.AppendNowAsync(
            [PendingEvent.Create(time.GetUtcNow(), EventTypes.MemberLeft, caller.Member.Id, new { member = new { id = memberId }, reason = isLeaving ? LeaveReasons.Left : LeaveReasons.Removed })],
            cancellationToken,
            new RoomChange.RemoveMember(memberId));
        connections.End(memberId);
    }

    private static Member Find(RoomLog log, string memberId) =>
        log.Query(state => state.FindMember(memberId)) ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such member in this room.");
}
