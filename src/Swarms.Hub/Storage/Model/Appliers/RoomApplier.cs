using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Creates, renames and deletes rooms.</summary>
internal sealed class RoomApplier : ChangeApplier
{
    public override bool TryApply(AppliedCommit commit, RoomChange change)
    {
        switch (change)
        {
            case RoomChange.CreateRoom { Room: var room }:
                commit.Context.Add(new RoomRow
                {
                    Key = commit.RoomKey,
                    Id = room.Id,
                    Name = room.Name,
                    CreatedAt = room.CreatedAt,
                    OriginLink = commit.Room.Head.Link!.Value.ToBytes(),
                });
                return true;
            case RenameRoom rename:
                commit.Require(rename.By, MemberRoles.Host);
                commit.Context.Rooms.Find(commit.RoomKey)!.Name = rename.Name;
                return true;
            case RoomChange.DeleteRoom delete:
                commit.Require(delete.By, MemberRoles.Host);
                if (delete.IdleSince is { } since && LastEventAt(commit) >= since)
                    throw new HubErrorException(ErrorCodes.Conflict, "Something has happened in the room.");

                var deleted = commit.Context.Rooms.Find(commit.RoomKey)!;
                deleted.DeletedAt = delete.At;
                deleted.Name = "";
                // The room may have millions of rows, and all rooms wait for this transaction. DeletedRoomSweeper removes the rows later.
                deleted.HasRemains = true;
                return true;
            default:
                return false;
        }
    }

    private static DateTimeOffset? LastEventAt(AppliedCommit commit) => commit.Context.Events.Where(e => e.RoomKey == commit.RoomKey)
        .OrderByDescending(e => e.Sequence).Select(e => (DateTimeOffset?)e.At).FirstOrDefault();
}
