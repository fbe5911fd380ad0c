using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Asks whether a host may still decide about a lane, and saves what was decided once the lane's run has ended.</summary>
internal sealed class LaneApplier : ChangeApplier<LaneChange>
{
    protected override void Apply(AppliedCommit commit, LaneChange change)
    {
        if (change is not LaneChange.Decide decide)
            return;

        var lane = commit.Context.Rooms.Find(commit.RoomKey)!;
        if (decide.By is { } by)
            RequireHost(commit, lane.LaneRoomKey, by);

        // An open run is folded from its events.
        if (commit.Context.Runs.Find(lane.Id) is not { HasEnded: true } row)
            return;

        // The text stays as it is, and a long one would be left out of a room's state.
        var before = row.ToRun();
        var state = new RoomState(new RoomFrame
        {
            Kind = FrameKinds.Snapshot,
            Cursor = "",
            Room = lane.ToRoom(roomOfLane: null),
            Members = [],
            Runs = [before with { Text = "", Parts = null }],
            Messages = [],
            Agents = [],
        });
        var sequence = commit.SequenceOf(_ => true);
        foreach (var pending in commit.Pending.Events)
            state.Apply(pending.ToRoomEvent(sequence++));

        var after = state.FindRun(row.Id)!.ToRun() with { Text = null, Parts = before.Parts };
        row.View = JsonSerializer.Serialize(after, ProtocolJson.Options);
    }

    private static void RequireHost(AppliedCommit commit, long? roomKey, string memberId)
    {
        if (commit.Context.Members.Find(memberId) is not { HasLeft: false } member || member.RoomKey != roomKey)
            throw RoomAccess.NotInRoom();

        if (member.Role != MemberRoles.Host)
            throw new HubErrorException(ErrorCodes.Forbidden, $"A {member.Role} may not do this; it takes a host.");
    }
}
