using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Applies changes of a room's members inside the writer's transaction, where nothing comes between a check and a change: if the last two
/// hosts leave at once, the second one is refused. Called by the writer's loop only.
/// </summary>
internal static class MemberChangeApplier
{
    public static void Apply(HubDbContext context, long roomKey, RoomChange change)
    {
        switch (change)
        {
            case RoomChange.ChangeMember { Before: var before, After: var after }:
                var changed = Find(context, before.Id);
                if ((changed.Name, changed.Role) != (before.Name, before.Role))
                {
                    throw new HubErrorException(
                        ErrorCodes.Conflict, "The member was changed by somebody else at the same moment. Look at it and try again.");
                }

                if (after.Role != MemberRoles.Host)
                    RefuseLastHost(context, roomKey, changed);

                (changed.Name, changed.Role) = (after.Name, after.Role);
                break;
            case RoomChange.SetHand hand:
                var member = Find(context, hand.MemberId);
                if (member.HandRaised == hand.IsRaised)
                    throw new HubErrorException(ErrorCodes.Conflict, "The hand is there already.");

                member.HandRaised = hand.IsRaised;
                break;
            case RoomChange.RemoveMember remove:
                var leaving = Find(context, remove.MemberId);
                RefuseLastHost(context, roomKey, leaving);
                leaving.HasLeft = true;
                context.Tokens.Where(token => token.MemberId == remove.MemberId).ExecuteDelete();
                break;
        }
    }

    private static MemberRow Find(HubDbContext context, string memberId) =>
        context.Members.Find(memberId) is { HasLeft: false } row
            ? row
            : throw new HubErrorException(ErrorCodes.NotFound, "There is no such member in this room.");

    private static void RefuseLastHost(HubDbContext context, long roomKey, MemberRow member)
    {
        if (member.Role != MemberRoles.Host)
            return;

        if (!context.Members.Any(m => m.RoomKey == roomKey && m.Role == MemberRoles.Host && !m.HasLeft && m.Id != member.Id))
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "This is the room's last host. Make somebody else a host first, or delete the room.");
        }
    }
}
