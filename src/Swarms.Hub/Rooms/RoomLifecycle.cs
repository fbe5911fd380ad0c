using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Rooms;

/// <summary>Creates, renames and deletes rooms, and lets people and programs join them by an invite. Safe from any thread.</summary>
internal sealed class RoomLifecycle(
    IRoomDirectory rooms, IRunDirectory runs, IAccessStore store, CallRates rates, TokenLookups lookups, IdGenerator ids, TimeProvider time)
{
    // Every snapshot holds all members: at 150 bytes each, as much as its texts may take. Members who join at once may exceed it.
    internal const int MaxMembers = 10_000;

    public async Task<(Room Room, Member Member, string Token)> CreateAsync(
        string name, string memberName, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var room = new Room { Id = ids.Next(), Name = name, CreatedAt = now };
        var (member, token) = NewMember(memberName, MemberRoles.Host, now);
        await rooms.CreateAsync(
            room,
            [PendingEvent.Create(now, EventTypes.RoomCreated, member.Id, new RoomNamePayload(name)), Joined(now, member)],
            cancellationToken,
            new RoomChange.CreateRoom(room), new MemberChange.Add(member), Token(member, token, now));
        lookups.Remember(Secrets.Hash(token));
        return (room, member, token);
    }

    /// <summary>Joins by an invite; the commit of the member takes one use of it. Null if there is no invite with the secret.</summary>
    public async Task<(Room Room, Member Member, string Token)?> TryJoinAsync(
        string secretOrCode, string memberName, CancellationToken cancellationToken)
    {
        if (await store.FindInviteAsync(Secrets.Hash(secretOrCode), cancellationToken) is not { } invite)
            return null;

        rates.CountJoin(invite.Id);
        var now = time.GetUtcNow();
        var (member, token) = NewMember(memberName, invite.Role, now);
        using var lease = await rooms.OpenAsync(invite.RoomId, cancellationToken);
        if (lease.Log.Query(state => state.Members.Count) >= MaxMembers)
            throw new HubErrorException(ErrorCodes.Conflict, $"The room is full: it has {MaxMembers} members.");

        await rooms.AppendAsync(
            invite.RoomId,
            [Joined(now, member)],
            cancellationToken,
            new InviteChange.Use(invite.Id, now), new MemberChange.Add(member), Token(member, token, now));
        lookups.Remember(Secrets.Hash(token));
        return (lease.Log.Query(state => state.Room), member, token);
    }

    public async Task<Room> RenameAsync(RoomCaller caller, string name, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        await rooms.AppendAsync(
            caller.RoomId,
            [PendingEvent.Create(time.GetUtcNow(), EventTypes.RoomChanged, caller.Member.Id, new RoomNamePayload(name))],
            cancellationToken,
            new RenameRoom(name));
        return lease.Log.Query(state => state.Room) with { Name = name };
    }

    /// <summary>Deletes the room after its runs have ended, so that no event follows the deletion.</summary>
    public async Task DeleteAsync(string roomId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        // Runs must not be cancelled for a deletion that cannot be stored.
        lease.Log.RequireStorage();
        await runs.CancelAllAsync(roomId, cancellationToken);
        await rooms.AppendAsync(roomId, [], cancellationToken, new RoomChange.DeleteRoom(time.GetUtcNow()));
        // Runs that were started meanwhile have lost their room.
        await runs.CancelAllAsync(roomId, cancellationToken);
    }

    private (Member Member, string Token) NewMember(string name, string role, DateTimeOffset now) =>
        (new Member { Id = ids.Next(), Name = name, Role = role, JoinedAt = now }, Secrets.Create(Secrets.TokenPrefix));

    private static PendingEvent Joined(DateTimeOffset now, Member member) =>
        PendingEvent.Create(now, EventTypes.MemberJoined, member.Id, MemberPayload.Of(member));

    private static AddToken Token(Member member, string token, DateTimeOffset now) => new(member.Id, Secrets.Hash(token), now);
}
