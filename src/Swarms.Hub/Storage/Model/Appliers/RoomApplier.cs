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
                commit.Context.Rooms.Find(commit.RoomKey)!.Name = rename.Name;
                return true;
            case RoomChange.DeleteRoom delete:
                var deleted = commit.Context.Rooms.Find(commit.RoomKey)!;
                deleted.DeletedAt = delete.At;
                deleted.Name = "";
                // The room may have millions of rows, and every other room waits for this transaction: DeletedRoomSweeper removes them bit by bit.
                deleted.HasRemains = true;
                return true;
            default:
                return false;
        }
    }
}
