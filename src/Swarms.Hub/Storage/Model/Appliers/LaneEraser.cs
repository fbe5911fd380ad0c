using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>Finds the room of a lane, and deletes the lanes of a room or a run with it, in the same commit.</summary>
internal static class LaneEraser
{
    /// <summary>Returns the number of the lane's room. Refuses with <c>not_found</c> if that was deleted.</summary>
    public static long RoomOf(AppliedCommit commit, RoomLane lane) =>
        commit.Context.Rooms.Where(room => room.Id == lane.Room && room.DeletedAt == null).Select(room => (long?)room.Key).FirstOrDefault()
        ?? throw new HubErrorException(ErrorCodes.NotFound, "The room was deleted.");

    /// <summary>Deletes the lanes of the commit's room, or of one run in it. The sweeper removes their rows later.</summary>
    public static void EraseOf(AppliedCommit commit, DateTimeOffset at, string? runId = null) => commit.Context.Rooms
        .Where(lane => lane.LaneRoomKey == commit.RoomKey && (runId == null || lane.LaneRunId == runId) && lane.DeletedAt == null)
        .ExecuteUpdate(lanes => lanes
            .SetProperty(lane => lane.DeletedAt, at)
            .SetProperty(lane => lane.Name, "")
            .SetProperty(lane => lane.HasRemains, true));
}
