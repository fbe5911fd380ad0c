using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Changes names and roles of members, and removes members. Safe from any thread: the commits decide between changes that contradict each
/// other, as when the last two hosts leave.
/// </summary>
internal sealed class RoomMembers(IRoomDirectory rooms, IAccessStore store, IdGenerator ids, TimeProvider time)
{
    /// <summary>
    /// Changes the member. A lower role takes in the same commit what the member made above it: invites, programs, its return link.
    /// </summary>
    public async Task<Member> ChangeAsync(
        RoomCaller caller, string memberId, string? role, string? name, CancellationToken cancellationToken)
    {
        var member = await FindAsync(caller, memberId, cancellationToken);
        var changed = member with { Role = role ?? member.Role, Name = name ?? member.Name };
        if (changed == member)
            return member;

        var above = RoleRank.Above(changed.Role);
        var programs = RoleRank.Of(changed.Role) < RoleRank.Of(member.Role)
            ? await ListProgramsAsync(caller.RoomId, memberId, above, cancellationToken)
            : [];
        await AppendAsync(
            caller,
            programs,
            Changed(caller, changed),
            new MemberChange.Change(member, changed, caller.Member.Id),
            cancellationToken);
        return changed;
    }

    /// <summary>Makes the member a host and the caller a participant, in one commit. Returns the new host.</summary>
    public async Task<Member> HandOverAsync(RoomCaller caller, string memberId, CancellationToken cancellationToken)
    {
        if (memberId == caller.Member.Id)
            throw new HubErrorException(ErrorCodes.Invalid, "You are a host already. Hand the room over to another member.");

        var next = await FindAsync(caller, memberId, cancellationToken);
        var me = await FindAsync(caller, caller.Member.Id, cancellationToken);
        var programs = await store.ListProgramsAsync(caller.RoomId, cancellationToken);
        if (programs.Any(program => program.Id == memberId && program.By == me.Id))
            throw new HubErrorException(ErrorCodes.Invalid, "You admitted this program. Hand the room over to another member.");

        var leaving = programs
            .Where(program => program.By == me.Id && program.Role == MemberRoles.Host).Select(program => program.Id).ToList();
        var host = next with { Role = MemberRoles.Host };
        await rooms.AppendAsync(
            caller.RoomId,
            [
                .. leaving.Select(program => Left(caller, program)),
                Changed(caller, host),
                Changed(caller, me with { Role = MemberRoles.Participant }),
            ],
            cancellationToken,
            [.. leaving.Select(program => new MemberChange.Remove(program, me.Id)), new MemberChange.HandOver(next, me)]);
        return host;
    }

    /// <summary>
    /// Removes the member, and takes its tokens, its return link, and the invites and programs that it made. Its runs and connections end
    /// when the log publishes that it left.
    /// </summary>
    public Task RemoveAsync(RoomCaller caller, string memberId, CancellationToken cancellationToken) =>
        RemoveAsync(caller, memberId, ban: null, cancellationToken);

    /// <summary>
    /// Removes the member; its browser may not join again. Returns the invites by which it came and that still admit others.
    /// </summary>
    public async Task<MemberBanned> BanAsync(RoomCaller caller, string memberId, CancellationToken cancellationToken)
    {
        if (memberId == caller.Member.Id)
            throw new HubErrorException(ErrorCodes.Invalid, "You cannot ban yourself; leave the room without a ban.");

        var inviteId = await store.FindInviteOfAsync(memberId, cancellationToken);
        var ban = new MemberChange.NewBan(ids.Next(), time.GetUtcNow());
        await RemoveAsync(caller, memberId, ban, cancellationToken);
        var bans = await store.ListBansAsync(caller.RoomId, cancellationToken);
        var invites = await store.ListInvitesAsync(caller.RoomId, ban.At, cancellationToken);
        return new MemberBanned
        {
            Ban = bans.FirstOrDefault(stored => stored.Id == ban.Id),
            Invites = [.. invites.Where(invite => invite.Id == inviteId)],
        };
    }

    public Task LiftBanAsync(RoomCaller caller, string banId, CancellationToken cancellationToken) =>
        rooms.AppendAsync(caller.RoomId, [], cancellationToken, new MemberChange.LiftBan(banId, caller.Member.Id));

    private async Task RemoveAsync(
        RoomCaller caller, string memberId, MemberChange.NewBan? ban, CancellationToken cancellationToken)
    {
        await FindAsync(caller, memberId, cancellationToken);
        await AppendAsync(
            caller,
            await ListProgramsAsync(caller.RoomId, memberId, RoleRank.All, cancellationToken),
            Left(caller, memberId),
            new MemberChange.Remove(memberId, caller.Member.Id, ban),
            cancellationToken);
    }

    // Programs leave before their maker, who removes them where it leaves by itself.
    private Task<long> AppendAsync(
        RoomCaller caller, IReadOnlyList<string> programs, PendingEvent last, MemberChange change, CancellationToken cancellationToken) =>
        rooms.AppendAsync(
            caller.RoomId,
            [.. programs.Select(program => Left(caller, program)), last],
            cancellationToken,
            [.. programs.Select(program => new MemberChange.Remove(program, caller.Member.Id)), change]);

    private PendingEvent Changed(RoomCaller caller, Member member) =>
        PendingEvent.Create(time.GetUtcNow(), EventTypes.MemberChanged, caller.Member.Id, MemberPayload.Of(member));

    private PendingEvent Left(RoomCaller caller, string memberId)
    {
        var reason = memberId == caller.Member.Id ? LeaveReasons.Left : LeaveReasons.Removed;
        return PendingEvent.Create(
            time.GetUtcNow(), EventTypes.MemberLeft, caller.Member.Id, MemberLeftPayload.Of(memberId, reason));
    }

    private async Task<IReadOnlyList<string>> ListProgramsAsync(
        string roomId, string makerId, string[] roles, CancellationToken cancellationToken)
    {
        var programs = await store.ListProgramsAsync(roomId, cancellationToken);
        return [.. programs.Where(program => program.By == makerId && roles.Contains(program.Role)).Select(program => program.Id)];
    }

    private async Task<Member> FindAsync(RoomCaller caller, string memberId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return lease.Log.Query(state => state.FindMember(memberId))
            ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such member in this room.");
    }
}
