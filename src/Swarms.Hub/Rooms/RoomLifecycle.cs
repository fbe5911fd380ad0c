using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Creates rooms, lets people and programs join them by an invite, and deletes rooms. Safe from any thread.</summary>
internal sealed class RoomLifecycle(RoomRegistry rooms, IAccessStore store, IEnumerable<IRoomClosing> closings, IdGenerator ids, TimeProvider time)
{
    // All of them are in every snapshot: at 150 bytes each, as much as its texts may be. Those who join in one moment may pass it.
    internal const int MaxMembers = 10_000;

    public async Task<(Room Room, Member Member, string Token)> CreateAsync(string name, string memberName, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var room = new Room { Id = ids.Next(), Name = name, CreatedAt = now };
        var (member, token) = NewMember(memberName, MemberRoles.Host, now);
        using var lease = rooms.Create(room);
        try
        {
            await lease.Log.AppendNowAsync(
                [PendingEvent.Create(now, EventTypes.RoomCreated, member.Id, new { name }), Joined(now, member)],
                cancellationToken,
                new RoomChange.CreateRoom(room), new RoomChange.AddMember(member), Token(member, token, now));
        }
        catch
        {
            rooms.Remove(lease.Log);
            throw;
        }

        return (room, member, token);
    }

    /// <summary>Uses up one use of the invite, in the commit in which the member joins.</summary>
    public async Task<(Room Room, Member Member, string Token)> JoinAsync(string secretOrCode, string memberName, CancellationToken cancellationToken)
    {
        var invite = await store.FindInviteAsync(Secrets.Hash(secretOrCode), cancellationToken)
            ?? throw new HubErrorException(ErrorCodes.NotFound, "This invite is not valid. Check the link or code, or ask for a new one.");
        var now = time.GetUtcNow();
        var (member, token) = NewMember(memberName, invite.Role, now);
        using var lease = await rooms.OpenAsync(invite.RoomId, cancellationToken);
        if (lease.Log.Query(state => state.Members.Count) >= MaxMembers)
            throw new HubErrorException(ErrorCodes.Conflict, $"The room is full: it has {MaxMembers} members.");

        await lease.Log.AppendNowAsync(
            [Joined(now, member)],
            cancellationToken,
            new RoomChange.UseInvite(invite.Id, now), new RoomChange.AddMember(member), Token(member, token, now));
        return (lease.Log.Query(state => state.Room), member, token);
    }

    /// <summary>The room's runs end first, so that no event comes after the last.</summary>
    public async Task DeleteAsync(string roomId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        // Its runs must not end for a deletion that cannot be stored.
        lease.Log.RequireStorage();
        await CloseAsync(lease.Log, cancellationToken);
        await lease.Log.AppendNowAsync([], cancellationToken, new RoomChange.DeleteRoom(time.GetUtcNow()));
        rooms.Remove(lease.Log);
        // What was started in between has no room any more.
        await CloseAsync(lease.Log, cancellationToken);
    }

    private async Task CloseAsync(RoomLog log, CancellationToken cancellationToken)
    {
        foreach (var closing in closings)
            await closing.RoomClosingAsync(log, cancellationToken);
    }

    private (Member Member, string Token) NewMember(string name, string role, DateTimeOffset now) =>
        (new Member { Id = ids.Next(), Name = name, Role = role, JoinedAt = now }, Secrets.Create(Secrets.TokenPrefix));

    private static PendingEvent Joined(DateTimeOffset now, Member member) =>
        PendingEvent.Create(now, EventTypes.MemberJoined, member.Id, new { member = MemberData(member) });

    private static RoomChange.AddToken Token(Member member, string token, DateTimeOffset now) => new(member.Id, Secrets.Hash(token), now);

    /// <summary>A member as events show it: the hand has events of its own.</summary>
    public static object MemberData(Member member) => new { member.Id, member.Name, member.Role, member.JoinedAt };
}
