using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// Refuses what the member's role and the room's settings do not allow, with <c>forbidden</c> and the hosts to ask. The writer asks the
/// same rules again in the transaction; asking first spares a refused run the other gates. Safe from any thread.
/// </summary>
internal sealed class RuleGate : IRunGate
{
    public bool AsksProposals => true;

    public void Enter(ActiveRun run)
    {
        RunAccess.Require(run);
        var (settings, member) = run.Log.Query(state => (state.Room.Settings ?? RoomSettings.Initial, state.FindMember(run.By)));
        if (member is null)
            throw RoomAccess.NotInRoom();

        var type = run.IsProposed ? EventTypes.RunProposed : EventTypes.RunQueued;
        var act = new RoomAct(type, member.Role, member.Unmoderated, IsApproved: false);
        if (RoomRules.Refuse(settings, act, () => run.Log.Query(RoomRules.HostsOf)) is { } refusal)
            throw refusal;

        if (settings.AgentsOnly && member.Role != MemberRoles.Host && run.Request.Origin is null)
        {
            throw new HubErrorException(
                ErrorCodes.Forbidden, "Only hosts start runs with a request of their own in this room. Choose one of the room's agents.");
        }
    }

    public void Leave(ActiveRun run)
    {
    }
}
