using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Changes names and roles of members, and removes them. Safe from any thread: two changes that contradict each other, as when both
/// last hosts leave, are decided in their commits.
/// </summary>
internal sealed class RoomMembers(IRoomDirectory rooms, TimeProvider time)
{
    public async Task<Member> ChangeAsync(RoomCaller caller, string memberId, string? role, string? name, CancellationToken cancellationToken)
    {
        var member = await FindAsync(caller, memberId, cancellationToken);
        var changed = member with { Role = role ?? member.Role, Name = name ?? member.Name };
        if (changed == member)
            return member;

        await rooms.AppendAsync(
            caller.RoomId,
            [PendingEvent.Create(time.GetUtcNow(), EventTypes.MemberChanged, caller.Member.Id, MemberPayload.Of(changed))],
            cancellationToken,
            new MemberChange.Change(member, changed));
        return changed;
    }

    /// <summary>The member's tokens are revoked. Its connections end because the log publishes that it left.</summary>
    public async Task RemoveAsync(RoomCaller caller, string memberId, CancellationToken cancellationToken)
    {
        await FindAsync(caller, memberId, cancellationToken);
        var reason = memberId == caller.Member.Id ? LeaveReasons.Left : LeaveReasons.Removed;
        await rooms.AppendAsync(
            caller.RoomId,
            [PendingEvent.Create(time.GetUtcNow(), EventTypes.MemberLeft, caller.Member.Id, MemberLeftPayload.Of(memberId, reason))],
            cancellationToken,
            new MemberChange.Remove(memberId));
    }

    private async Task<Member> FindAsync(RoomCaller caller, string memberId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return lease.Log.Query(state => state.FindMember(memberId))
            ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such member in this room.");
    }
}
