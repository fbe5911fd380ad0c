using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

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
                    Settings = RoomRow.Write(room.Settings),
                    RetentionSeconds = room.Settings?.RetentionSeconds,
                    OriginLink = commit.Room.Head.Link!.Value.ToBytes(),
                    LaneRoomKey = room.Lane is { } lane ? LaneEraser.RoomOf(commit, lane) : null,
                    LaneRunId = room.Lane?.Run,
                });
                return true;
            case RoomChange.ChangeRoom changed:
                Change(commit, changed);
                return true;
            case RoomChange.DeleteRoom delete:
                commit.Require(delete.By, MemberRoles.Host);
                if (delete.IdleSince is { } since && LastEventAt(commit) >= since)
                    throw new HubErrorException(ErrorCodes.Conflict, "Something has happened in the room.");

                RaceApplier.Count(commit, delete.At);
                var deleted = commit.Context.Rooms.Find(commit.RoomKey)!;
                deleted.DeletedAt = delete.At;
                deleted.Name = "";
                // The room may have millions of rows, and all rooms wait for this transaction. DeletedRoomSweeper removes the rows later.
                deleted.HasRemains = true;
                LaneEraser.EraseOf(commit, delete.At);
                return true;
            default:
                return false;
        }
    }

    private static void Change(AppliedCommit commit, RoomChange.ChangeRoom change)
    {
        commit.Require(change.By, MemberRoles.Host);
        var row = commit.Context.Rooms.Find(commit.RoomKey)!;
        if (row.Name != change.Before.Name || row.ReadSettings() != change.Before.Settings)
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "The room was changed by somebody else at the same moment. Look at it and try again.");
        }

        row.Name = change.After.Name;
        row.Settings = RoomRow.Write(change.After.Settings);
        row.RetentionSeconds = change.After.Settings?.RetentionSeconds;
    }

    // The hub's own changes, as of a default, are no use of the room.
    private static DateTimeOffset? LastEventAt(AppliedCommit commit) => commit.Context.Events
        .Where(e => e.RoomKey == commit.RoomKey && (e.By != null || e.Run != null))
        .OrderByDescending(e => e.Sequence)
        .Select(e => (DateTimeOffset?)e.At).FirstOrDefault();
}
