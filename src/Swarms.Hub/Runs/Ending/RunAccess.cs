using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Cancels the runs of a member when a room's log publishes that it left, or that it may not start runs any more. Safe from any thread.
/// After a reload <see cref="RunRecovery"/> ends the room's runs.
/// </summary>
internal sealed class RunAccess(IRoomDirectory rooms, RunRegistry registry) : IStartStep, IRoomFollower
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        rooms.Follow(this);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Refuses a run whose member left or was demoted meanwhile. Called after the run is in the registry: a later removal finds it there.
    /// </summary>
    public static void Require(ActiveRun run)
    {
        var member = run.Log.Query(state => state.FindMember(run.By)) ?? throw RoomAccess.NotInRoom();
        // Anybody may propose.
        if (!run.IsProposed && !RoleRank.IsAtLeast(member.Role, MemberRoles.Participant))
            throw new HubErrorException(ErrorCodes.Forbidden, $"A {member.Role} may not do this; it takes a {MemberRoles.Participant}.");
    }

    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.MemberLeft:
                Stop(log, MemberLeftPayload.Read(roomEvent.Data).Member.Id, RunStop.AccessLost(RunReasons.MemberLeft, roomEvent.By));
                break;
            case EventTypes.MemberChanged when MemberPayload.Read(roomEvent.Data).Member is { } member
                && !RoleRank.IsAtLeast(member.Role, MemberRoles.Participant):
                Stop(log, member.Id, RunStop.AccessLost(RunReasons.MemberChanged, roomEvent.By));
                break;
        }
    }

    private void Stop(RoomLog log, string memberId, RunStop reason)
    {
        foreach (var run in registry.All(log.Id).Where(run => run.By == memberId))
            run.Stop(reason);
    }
}
