using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Adds, changes and removes members, and sets hands. If the last two hosts leave at once, or two people join by one name, the second one
/// is refused.
/// </summary>
internal sealed class MemberApplier : ChangeApplier<MemberChange>
{
    protected override void Apply(AppliedCommit commit, MemberChange change)
    {
        switch (change)
        {
            case MemberChange.Add add:
                Add(commit, add);
                break;
            case MemberChange.Change role:
                Change(commit, role);
                break;
            case MemberChange.Raise raise:
                Raise(commit, raise);
                break;
            case MemberChange.HandOver handOver:
                HandOver(commit, handOver);
                break;
            case MemberChange.SetHand hand:
                SetHand(commit, hand);
                break;
            case MemberChange.Remove remove:
                Remove(commit, remove);
                break;
            case MemberChange.LiftBan lift:
                commit.Require(lift.By, MemberRoles.Host);
                var lifted = commit.Context.Bans.Where(ban => ban.RoomKey == commit.RoomKey && ban.Id == lift.BanId).ExecuteDelete();
                if (lifted == 0 && !commit.Pending.IsRepeated)
                    throw new HubErrorException(ErrorCodes.NotFound, "There is no such ban.");

                break;
        }
    }

    private static void SetHand(AppliedCommit commit, MemberChange.SetHand hand)
    {
        RequireMay(commit, hand.By, isOwn: hand.By == hand.MemberId);
        var member = Find(commit, hand.MemberId);
        if (member.HandRaised == hand.IsRaised)
            throw new HubErrorException(ErrorCodes.Conflict, "The hand is there already.") { ChangesNothing = true };

        member.HandRaised = hand.IsRaised;
        member.HandRaisedAt = hand.IsRaised ? commit.Pending.Events.FirstOrDefault(e => e.Type == EventTypes.HandRaised)?.At : null;
    }

    private static void Add(AppliedCommit commit, MemberChange.Add add)
    {
        commit.Require(add.MadeBy, MemberRoles.Host);
        RefuseSecondMember(commit, add);
        var row = new MemberRow
        {
            Id = add.Member.Id,
            RoomKey = commit.RoomKey,
            FirstSequence = commit.SequenceOf(e => e.Type == EventTypes.MemberJoined),
            Name = add.Member.Name,
            Role = add.Member.Role,
            JoinedAt = add.Member.JoinedAt,
            MadeBy = add.MadeBy,
            Unmoderated = add.Member.Unmoderated,
            InviteId = add.InviteId,
        };
        MemberNames.Set(commit, row, add.Member.Name);
        commit.Context.Add(row);
    }

    // A browser that joins twice at one moment is answered the same member: its second join finds the first one's.
    private static void RefuseSecondMember(AppliedCommit commit, MemberChange.Add add)
    {
        var now = add.Member.JoinedAt;
        var isKnown = add.Session is not null && commit.Context.Tokens.Any(token =>
            token.SessionHash == add.Session && token.ExpiresAt > now && token.MemberId != add.Member.Id
            && commit.Context.Members.Any(member => member.Id == token.MemberId && member.RoomKey == commit.RoomKey && !member.HasLeft));
        if (isKnown)
            throw Conflict("This browser joined the room at the same moment. Try again.");
    }

    private static void Change(AppliedCommit commit, MemberChange.Change change)
    {
        var (before, after) = (change.Before, change.After);
        var changed = FindUnchanged(commit, before);
        RequireMay(commit, change.By, isOwn: change.By == before.Id && before.Role == after.Role);
        if (after.Role != MemberRoles.Host)
            RefuseLastHost(commit, changed);

        if (changed.Name != after.Name)
            MemberNames.Set(commit, changed, after.Name);

        SetRole(commit, changed, after.Role);
    }

    private static void Raise(AppliedCommit commit, MemberChange.Raise change)
    {
        var raised = FindUnchanged(commit, change.Before);
        if (raised.IsRoleLowered)
            throw Conflict("A host has lowered this member's role, so an invite does not raise it.");

        (raised.Role, raised.InviteId) = (change.After.Role, change.InviteId);
    }

    // The next host is there before the present one steps back, so the room is never without one.
    private static void HandOver(AppliedCommit commit, MemberChange.HandOver change)
    {
        commit.Require(change.From.Id, MemberRoles.Host);
        SetRole(commit, FindUnchanged(commit, change.To), MemberRoles.Host);
        SetRole(commit, FindUnchanged(commit, change.From), MemberRoles.Participant);
    }

    private static void SetRole(AppliedCommit commit, MemberRow member, string role)
    {
        if (member.Role != role)
            member.IsRoleLowered = RoleRank.Of(role) < RoleRank.Of(member.Role);

        member.Role = role;
        TakeInvites(commit, member.Id, RoleRank.Above(role));
        RefusePrograms(commit, member.Id, RoleRank.Above(role));
        if (role == MemberRoles.Host)
            return;

        commit.Context.ReturnLinks.Where(link => link.MemberId == member.Id).ExecuteDelete();
        TakeEmbeds(commit, member.Id);
    }

    private static void Remove(AppliedCommit commit, MemberChange.Remove change)
    {
        var leaving = Find(commit, change.MemberId);
        // A member may leave, and takes the programs along that it made.
        RequireMay(commit, change.By, isOwn: change.By is not null && (change.By == change.MemberId || change.By == leaving.MadeBy));
        RefuseLastHost(commit, leaving);
        RefusePrograms(commit, change.MemberId, RoleRank.All);
        (leaving.HasLeft, leaving.NameKey, leaving.NameLook) = (true, null, null);
        if (change is { Ban: { } ban, By: { } by })
            Ban(commit, leaving, ban, by);

        commit.Context.Tokens.Where(token => token.MemberId == change.MemberId).ExecuteDelete();
        commit.Context.ReturnLinks.Where(link => link.MemberId == change.MemberId).ExecuteDelete();
        TakeInvites(commit, change.MemberId, RoleRank.All);
        TakeEmbeds(commit, change.MemberId);
    }

    private static void Ban(AppliedCommit commit, MemberRow leaving, MemberChange.NewBan ban, string by)
    {
        // A member has one session at most: a token is no browser's.
        var session = commit.Context.Tokens.Where(token => token.MemberId == leaving.Id && token.SessionHash != null)
            .Select(token => token.SessionHash).FirstOrDefault();
        if (session is null)
            return;

        commit.Context.Add(new BanRow
        {
            Id = ban.Id,
            RoomKey = commit.RoomKey,
            SessionHash = session,
            Name = leaving.Name,
            At = ban.At,
            By = by,
        });
    }

    // The commit has removed the programs that its caller knew. One that was admitted meanwhile must not stay behind.
    private static void RefusePrograms(AppliedCommit commit, string memberId, string[] roles)
    {
        var programs = commit.Context.Members
            .Where(member => member.RoomKey == commit.RoomKey && member.MadeBy == memberId && !member.HasLeft).ToList();
        if (programs.Any(program => !program.HasLeft && roles.Contains(program.Role)))
            throw Conflict("The member admitted a program at the same moment. Try again.");
    }

    // Members may leave and rename themselves; everything else takes a host.
    private static void RequireMay(AppliedCommit commit, string? by, bool isOwn) =>
        commit.Require(by, isOwn ? MemberRoles.Viewer : MemberRoles.Host);

    // Invariant: an invite's maker is in the room, with at least the invite's role. Otherwise a removed host would come back by his own.
    private static void TakeInvites(AppliedCommit commit, string memberId, string[] roles) => commit.Context.Invites
        .Where(invite => invite.RoomKey == commit.RoomKey && invite.By == memberId && roles.Contains(invite.Role)).ExecuteDelete();

    // Invariant: an embed's maker is a host of the room.
    private static void TakeEmbeds(AppliedCommit commit, string memberId) =>
        commit.Context.Embeds.Where(embed => embed.RoomKey == commit.RoomKey && embed.By == memberId).ExecuteDelete();

    private static HubErrorException Conflict(string sentence) => new(ErrorCodes.Conflict, sentence);

    private static MemberRow FindUnchanged(AppliedCommit commit, Member before)
    {
        var found = Find(commit, before.Id);
        return (found.Name, found.Role) == (before.Name, before.Role)
            ? found
            : throw Conflict("The member was changed by somebody else at the same moment. Look at it and try again.");
    }

    private static MemberRow Find(AppliedCommit commit, string memberId) =>
        commit.Context.Members.Find(memberId) is { HasLeft: false } row && row.RoomKey == commit.RoomKey
            ? row
            : throw new HubErrorException(ErrorCodes.NotFound, "There is no such member in this room.");

    private static void RefuseLastHost(AppliedCommit commit, MemberRow member)
    {
        if (member.Role != MemberRoles.Host)
            return;

        // Members who leave in this commit are not saved yet, so the rows are compared as they are in memory.
        var hosts = commit.Context.Members.Where(m => m.RoomKey == commit.RoomKey && m.Role == MemberRoles.Host && !m.HasLeft).ToList();
        if (!hosts.Any(host => host.Id != member.Id && host is { HasLeft: false, Role: MemberRoles.Host }))
            throw Conflict("This is the room's last host. Make somebody else a host first, or delete the room.");
    }
}
