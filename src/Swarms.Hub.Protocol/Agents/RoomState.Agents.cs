namespace Swarms.Hub.Protocol;

/// <content>The agents.</content>
public sealed partial class RoomState
{
    /// <summary>The number of agents that a room may have.</summary>
    public const int MaxAgents = 20;

    private readonly List<RoomAgent> _agents = [];

    /// <summary>The agents in order of creation.</summary>
    public IReadOnlyList<RoomAgent> Agents => _agents;

    /// <summary>Returns the agent with this id; null if there is none.</summary>
    public RoomAgent? FindAgent(string? id) => id is null ? null : _agents.Find(agent => agent.Id == id);

    private bool TryApplyToAgents(RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.AgentChanged:
                SetAgent(AgentPayload.Read(roomEvent.Data).Agent);
                return true;
            case EventTypes.AgentRemoved:
                var removed = AgentRemovedPayload.Read(roomEvent.Data).Agent.Id;
                _agents.RemoveAll(agent => agent.Id == removed);
                return true;
            default:
                return false;
        }
    }

    private void SetAgent(RoomAgent agent)
    {
        var index = _agents.FindIndex(other => other.Id == agent.Id);
        if (index < 0)
            _agents.Add(agent);
        else
            _agents[index] = agent;
    }
}
