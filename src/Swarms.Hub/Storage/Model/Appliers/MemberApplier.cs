using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Adds, changes and removes members, and sets hands. If the last two hosts leave at once, the second one is refused.</summary>
internal sealed class MemberApplier : ChangeApplier<MemberChange>
{
    protected override void Apply(AppliedCommit commit, MemberChange change)
    {
        switch (change)
        {
            case MemberChange.Add add:
                Add(commit, add.Member);
                break;
            case MemberChange.Change { Before: var before, After: var after }:
                Change(commit, before, after);
                break;
            case MemberChange.SetHand hand:
                var member = Find(commit, hand.MemberId);
                if (member.HandRaised == hand.IsRaised)
                    throw Conflict("The hand is there already.");

                member.HandRaised = hand.IsRaised;
                break;
            case MemberChange.Remove remove:
                var leaving = Find(commit, remove.MemberId);
                RefuseLastHost(commit, leaving);
                leaving.HasLeft = true;
                commit.Context.Tokens.Where(token => token.MemberId == remove.MemberId).ExecuteDelete();
                break;
        }
    }

    private static void Add(AppliedCommit commit, Member member) => commit.Context.Add(new MemberRow
    {
        Id = member.Id,
        RoomKey = commit.RoomKey,
        FirstSequence = commit.SequenceOf(e => e.Type == EventTypes.MemberJoined && e.By == member.Id),
        Name = member.Name,
        Role = member.Role,
        JoinedAt = member.JoinedAt,
    });

    private static void Change(AppliedCommit commit, Member before, Member after)
    {
        var changed = Find(commit, before.Id);
        if ((changed.Name, changed.Role) != (before.Name, before.Role))
            throw Conflict("The member was changed by somebody else at the same moment. Look at it and try again.");

        if (after.Role != MemberRoles.Host)
            RefuseLastHost(commit, changed);

        (changed.Name, changed.Role) = (after.Name, after.Role);
    }

    private static HubErrorException Conflict(string sentence) => new(ErrorCodes.Conflict, sentence);
    
    private static MemberRow Find(AppliedCommit commit, string memberId) =>
        commit.Context.Members.Find(memberId) is { HasLeft: false } row && row.RoomKey == commit.RoomKey
            ? row
            : throw new HubErrorException(ErrorCodes.NotFound, "There is no such member in this room.");

    private static void RefuseLastHost(AppliedCommit commit, MemberRow member)
    {
        var hosts = commit.Context.Members.Where(m => m.RoomKey == commit.RoomKey && m.Role == MemberRoles.Host && !m.HasLeft);
        if (member.Role == MemberRoles.Host && !hosts.Any(host => host.Id != member.Id))
            throw Conflict("This is the room's last host. Make somebody else a host first, or delete the room.");
    }
}
