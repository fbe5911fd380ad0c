using Swarms.Hub.Access;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// The models that a room's key can ask for: its agents, by <c>agent/</c> and their ids, and the models that these use. The only place
/// that knows where the list comes from. Safe from any thread.
/// </summary>
internal sealed class DoorModels(IRoomDirectory rooms)
{
    // The Swarms API's own default. A client that lets its user choose needs one model at least.
    private const string Default = "gpt-4.1";

    /// <summary>Lists the models, those of most use first. Other models may be asked for too: the upstream decides.</summary>
    public async Task<IReadOnlyList<DoorModel>> ListAsync(RoomCaller caller, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var (agents, since) = lease.Log.Query(state => (state.Agents.ToList(), state.Room.CreatedAt.ToUnixTimeSeconds()));
        var models = agents.Select(agent => agent.Model).Distinct(StringComparer.Ordinal).DefaultIfEmpty(Default);
        return
        [
            .. agents.Select(agent => new DoorModel(ChatRequest.AgentPrefix + agent.Id, since, "room")),
            .. models.Select(model => new DoorModel(model, since, "upstream")),
        ];
    }
}
