using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Lets people join rooms by an invite, and look at it before. A caller who is a member already stays that member. Safe from any thread:
/// the commits decide between joins at one moment.
/// </summary>
internal sealed class RoomJoins(
    IRoomDirectory rooms, IAccessStore store, Admissions admissions, CallRates rates, TokenLookups lookups, IdGenerator ids,
    TimeProvider time)
{
    // Every snapshot holds all members: at 150 bytes each, as much as its texts may take. Members who join at once may exceed it.
    internal const int MaxMembers = 10_000;

    // A room with more hosts is recognised by these.
    private const int MaxHosts = 20;

    /// <summary>
    /// Joins by the invite with this hash of its secret or code; the commit of the member takes one use of it. A member who joins again
    /// keeps its name, and needs none. Null if there is no such invite.
    /// </summary>
    public async Task<RoomAdmission?> TryJoinAsync(
        HttpContext context, byte[] inviteHash, string? name, NewAccess access, CancellationToken cancellationToken)
    {
        if (await store.FindInviteAsync(inviteHash, cancellationToken) is not { } invite)
            return null;

        rates.CountJoin(invite.Id);
        using var lease = await rooms.OpenAsync(invite.RoomId, cancellationToken);
        if (await RejoinAsync(context, lease.Log, invite, access, cancellationToken) is { } known)
            return known;

        var memberName = NameText.Require(name, "name", Texts.MaxMemberName);
        try
        {
            return await JoinAsync(context, lease.Log, invite, memberName, access, cancellationToken);
        }
        catch (HubErrorException e) when (e.Code == ErrorCodes.Conflict)
        {
            // The same browser may have joined at the same moment.
            if (await RejoinAsync(context, lease.Log, invite, access, cancellationToken) is { } same)
                return same;

            throw;
        }
    }

    /// <summary>
    /// Returns the room that the invite leads to, without entering it; null if the invite admits nobody, and the caller is no member.
    /// </summary>
    public async Task<InviteLook?> TryLookAsync(HttpContext context, byte[] inviteHash, CancellationToken cancellationToken)
    {
        if (await store.FindInviteAsync(inviteHash, cancellationToken) is not { } invite)
            return null;

        rates.CountLook(invite.Id);
        var access = admissions.FindSession(context) ?? NewAccess.CreateToken(expiresAt: null);
        var membership = await admissions.FindMemberAsync(context, access, invite.RoomId, cancellationToken);
        using var lease = await rooms.OpenAsync(invite.RoomId, cancellationToken);
        var look = lease.Log.Query(state => new InviteLook
        {
            Room = new InvitedRoom { Name = state.Room.Name },
            Hosts = [.. state.Members.Where(member => member.Role == MemberRoles.Host).Take(MaxHosts).Select(member => member.Name)],
            Role = invite.Role,
            ExpiresAt = invite.ExpiresAt,
            Member = state.FindMember(membership?.MemberId ?? ""),
        });
        return invite.IsValid(time.GetUtcNow()) || look.Member is not null ? look : null;
    }

    public static void RefuseFullRoom(RoomLog log)
    {
        if (log.Query(state => state.Members.Count) >= MaxMembers)
            throw new HubErrorException(ErrorCodes.Conflict, $"The room is full: it has {MaxMembers} members.");
    }

    public static Member NewMember(IdGenerator ids, string name, string role, DateTimeOffset now) =>
        new() { Id = ids.Next(), Name = name, Role = role, JoinedAt = now };

    public static PendingEvent Joined(DateTimeOffset now, Member member, string? by = null) =>
        PendingEvent.Create(now, EventTypes.MemberJoined, by ?? member.Id, MemberPayload.Of(member));

    private async Task<RoomAdmission> JoinAsync(
        HttpContext context, RoomLog log, FoundInvite invite, string name, NewAccess access, CancellationToken cancellationToken)
    {
        RefuseFullRoom(log);
        var now = time.GetUtcNow();
        var member = NewMember(ids, name, invite.Role, now);
        await rooms.AppendAsync(
            invite.RoomId,
            [Joined(now, member)],
            cancellationToken,
            new InviteChange.Use(invite.Id, now), new MemberChange.Add(member, InviteId: invite.Id, Session: access.Session),
            access.ToChange(member.Id, now));
        lookups.Remember(access.Credential);
        return admissions.Grant(context, access, log.Query(state => state.Room), member);
    }

    /// <summary>Returns null if the caller is no member of the room.</summary>
    private async Task<RoomAdmission?> RejoinAsync(
        HttpContext context, RoomLog log, FoundInvite invite, NewAccess access, CancellationToken cancellationToken)
    {
        var membership = await admissions.FindMemberAsync(context, access, invite.RoomId, cancellationToken);
        if (membership is null || log.Query(state => state.FindMember(membership.MemberId)) is not { } member)
            return null;

        if (RoleRank.Of(invite.Role) > RoleRank.Of(member.Role))
            member = await RaiseAsync(invite, member, cancellationToken);

        return admissions.GrantAgain(context, access, log.Query(state => state.Room), member);
    }

    private async Task<Member> RaiseAsync(FoundInvite invite, Member member, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var raised = member with { Role = invite.Role };
        try
        {
            await rooms.AppendAsync(
                invite.RoomId,
                [PendingEvent.Create(now, EventTypes.MemberChanged, member.Id, MemberPayload.Of(raised))],
                cancellationToken,
                new InviteChange.Use(invite.Id, now), new MemberChange.Raise(member, raised, invite.Id));
            return raised;
        }
        catch (HubErrorException e) when (e.Code is ErrorCodes.Conflict or ErrorCodes.NotFound)
        {
            // A host lowered the role, or the invite admits nobody any more. The member stays as it is.
            return member;
        }
    }
}
