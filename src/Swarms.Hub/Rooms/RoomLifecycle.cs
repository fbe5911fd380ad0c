using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Rooms;

/// <summary>Creates and deletes rooms, and lets people and programs join them by an invite. Safe from any thread.</summary>
internal sealed class RoomLifecycle(
    IRoomDirectory rooms, IRunDirectory runs, IAccessStore store, RoomSettingsPolicy settings, CallRates rates, TokenLookups lookups,
    IdGenerator ids, TimeProvider time)
{
    // Every snapshot holds all members: at 150 bytes each, as much as its texts may take. Members who join at once may exceed it.
    internal const int MaxMembers = 10_000;

    public async Task<(Room Room, Member Member)> CreateAsync(
        string name, string memberName, NewAccess access, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var room = new Room { Id = ids.Next(), Name = name, CreatedAt = now, Settings = settings.Default };
        var member = NewMember(memberName, MemberRoles.Host, now);
        await rooms.CreateAsync(
            room,
            [PendingEvent.Create(now, EventTypes.RoomCreated, member.Id, new RoomPayload(name, room.Settings)), Joined(now, member)],
            cancellationToken,
            new RoomChange.CreateRoom(room), new MemberChange.Add(member), access.ToChange(member.Id, now));
        lookups.Remember(access.Credential);
        return (room, member);
    }

    /// <summary>
    /// Joins by the invite with this hash of its secret or code; the commit of the member takes one use of it. Null if there is no such
    /// invite.
    /// </summary>
    public async Task<(Room Room, Member Member)?> TryJoinAsync(
        byte[] inviteHash, string memberName, NewAccess access, CancellationToken cancellationToken)
    {
        if (await store.FindInviteAsync(inviteHash, cancellationToken) is not { } invite)
            return null;

        rates.CountJoin(invite.Id);
        var now = time.GetUtcNow();
        var member = NewMember(memberName, invite.Role, now);
        using var lease = await rooms.OpenAsync(invite.RoomId, cancellationToken);
        RefuseFullRoom(lease.Log);
        await rooms.AppendAsync(
            invite.RoomId,
            [Joined(now, member)],
            cancellationToken,
            new InviteChange.Use(invite.Id, now), new MemberChange.Add(member, InviteId: invite.Id), access.ToChange(member.Id, now));
        lookups.Remember(access.Credential);
        return (lease.Log.Query(state => state.Room), member);
    }

    /// <summary>Deletes the room after its runs have ended, so that no event follows the deletion.</summary>
    public async Task DeleteAsync(RoomCaller caller, CancellationToken cancellationToken)
    {
        var roomId = caller.RoomId;
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        // Runs must not be cancelled for a deletion that cannot be stored.
        lease.Log.RequireStorage();
        await runs.CancelAllAsync(roomId, cancellationToken);
        await rooms.AppendAsync(roomId, [], cancellationToken, new RoomChange.DeleteRoom(time.GetUtcNow(), caller.Member.Id));
        // Runs that were started meanwhile have lost their room.
        await runs.CancelAllAsync(roomId, cancellationToken);
    }

    /// <summary>Admits a program, which is a member of its own.</summary>
    public async Task<Member> AdmitProgramAsync(
        RoomCaller caller, string name, string role, bool isUnmoderated, NewAccess access, CancellationToken cancellationToken)
    {
        var programs = await store.ListProgramsAsync(caller.RoomId, cancellationToken);
        if (programs.Any(program => program.Id == caller.Member.Id))
            throw new HubErrorException(ErrorCodes.Forbidden, "A program admits no programs; a host does.");

        var now = time.GetUtcNow();
        var member = NewMember(name, role, now) with { Unmoderated = isUnmoderated };
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        RefuseFullRoom(lease.Log);
        await rooms.AppendAsync(
            caller.RoomId,
            [Joined(now, member, by: caller.Member.Id)],
            cancellationToken,
            new MemberChange.Add(member, caller.Member.Id), access.ToChange(member.Id, now));
        lookups.Remember(access.Credential);
        return member;
    }

    private static void RefuseFullRoom(RoomLog log)
    {
        if (log.Query(state => state.Members.Count) >= MaxMembers)
            throw new HubErrorException(ErrorCodes.Conflict, $"The room is full: it has {MaxMembers} members.");
    }

    private Member NewMember(string name, string role, DateTimeOffset now) =>
        new() { Id = ids.Next(), Name = name, Role = role, JoinedAt = now };

    private static PendingEvent Joined(DateTimeOffset now, Member member, string? by = null) =>
        PendingEvent.Create(now, EventTypes.MemberJoined, by ?? member.Id, MemberPayload.Of(member));
}
