using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <content>Decides which commits are refused.</content>
internal abstract partial class LogWriter
{
    private HubErrorException? Refuse(PendingCommit commit, RoomWrite? room)
    {
        if (commit.Log.IsDeleted || room is { IsDeleted: true })
            return new HubErrorException(ErrorCodes.NotFound, "The room was deleted.");

        if (room is null || commit.Generation != commit.Log.Generation)
            return RoomLog.LoadedAnew();

        return room is { IsMissing: true, Accepted.Count: 0 } && !commit.Changes.Any(change => change is RoomChange.CreateRoom)
            ? new HubErrorException(ErrorCodes.NotFound, "There is no such room.")
            : RefuseMember(commit, room!);
    }

    private HubErrorException? RefuseMember(PendingCommit commit, RoomWrite room)
    {
        foreach (var pending in commit.Events)
        {
            if (!RoomRules.IsAct(pending.Type, pending.Run, pending.By) || FindMember(pending.By!) is not { } member)
                continue;

            if (member.HasLeft)
                return RoomAccess.NotInRoom();

            // A host who removes a run has the group revealed anew without it, also in an archive.
            if (pending.Type == EventTypes.GroupRevealed && commit.Events[0].Type == EventTypes.RunRemoved)
                continue;

            var isApproved = commit.Events.Any(other => other.Type == EventTypes.RunApproved && other.Run == pending.Run);
            var act = new RoomAct(pending.Type, member.Role, member.IsUnmoderated, isApproved);
            if (RoomRules.Refuse(room.Settings, act, () => commit.Log.Query(RoomRules.HostsOf)) is { } refusal)
                return refusal;
        }

        return null;
    }
}
