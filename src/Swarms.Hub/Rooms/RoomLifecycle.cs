using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Rooms;

/// <summary>Creates and deletes rooms, and admits programs. Safe from any thread.</summary>
internal sealed class RoomLifecycle(
    IRoomDirectory rooms, IRunDirectory runs, IAccessStore store, RoomSettingsPolicy settings, TokenLookups lookups, IdGenerator ids,
    TimeProvider time)
{
    public async Task<(Room Room, Member Member)> CreateAsync(
        string name, string memberName, NewAccess access, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var room = new Room { Id = ids.Next(), Name = name, CreatedAt = now, Settings = settings.Default };
        var member = RoomJoins.NewMember(ids, memberName, MemberRoles.Host, now);
        await rooms.CreateAsync(
            room,
            [
                PendingEvent.Create(now, EventTypes.RoomCreated, member.Id, new RoomPayload(name, room.Settings)),
                RoomJoins.Joined(now, member),
            ],
            cancellationToken,
            new RoomChange.CreateRoom(room), new MemberChange.Add(member), access.ToChange(member.Id, now));
        lookups.Remember(access.Credential);
        return (room, member);
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
        var member = RoomJoins.NewMember(ids, name, role, now) with { Unmoderated = isUnmoderated };
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        RoomJoins.RefuseFullRoom(lease.Log);
        await rooms.AppendAsync(
            caller.RoomId,
            [RoomJoins.Joined(now, member, by: caller.Member.Id)],
            cancellationToken,
            new MemberChange.Add(member, caller.Member.Id), access.ToChange(member.Id, now));
        lookups.Remember(access.Credential);
        return member;
    }
}
