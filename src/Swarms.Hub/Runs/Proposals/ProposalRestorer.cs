using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Takes up proposals again after a restart of the hub: those of a room's agent with a whole task, because their request can be composed
/// again. Used at the start.
/// </summary>
internal sealed class ProposalRestorer(
    IRoomDirectory rooms, IRoomStore store, IAgentRequests agents, MessageTasks tasks, RunRegistry registry, RunLauncher launcher)
{
    /// <summary>True for a proposal that outlasts the hub.</summary>
    public static bool IsKept(ActiveRun run) => run.IsProposed && run.Request is { Origin.HasConversation: false, TaskLength: null };

    /// <summary>Takes the run up again if it is such a proposal and its agent is still there; returns whether it did.</summary>
    public async Task<bool> TryRestoreAsync(string roomId, Run run, CancellationToken cancellationToken)
    {
        if (run is not { State: RunStates.Proposed, Agent.Id: { } agent, TaskLength: null, By: { } by })
            return false;

        var lease = await rooms.OpenAsync(roomId, cancellationToken);
        try
        {
            var start = new AgentStart(agent, run.Task, IdempotencyKey: null);
            if (run.Message is { } message)
                start = await RestoreAsync(lease.Log, start with { Message = message }, cancellationToken);

            var request = await agents.ComposeAsync(roomId, start, cancellationToken);
            if (await store.FindDataKeyAsync(lease.Log.Key, run.Id, cancellationToken) is { } key)
            {
                var restored = new ActiveRun(new RunIdentity(run.Id, key), by, request, lease, relay: null, new Proposal())
                {
                    Thread = run.Thread,
                };
                registry.Propose(restored);
                launcher.Launch(restored, new RunState(run));
                return true;
            }
        }
        catch (HubErrorException)
        {
            // The agent or the message is gone, or the agent's secrets cannot be read any more.
        }

        lease.Dispose();
        return false;
    }

    // A proposal of a version that copied the message has a task of its own.
    private Task<AgentStart> RestoreAsync(RoomLog log, AgentStart start, CancellationToken cancellationToken) =>
        start.Task.Length > 0 ? Task.FromResult(start.Edit(start.Task)) : tasks.RefreshAsync(log, start, cancellationToken);
}
