using Swarms.Hub.Access;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// The models that a room's key can ask for: its agents, by <c>agent/</c> and their ids, the models that these use, and those that the
/// hub's upstreams list. The only place that knows where the list comes from. Safe from any thread.
/// </summary>
internal sealed class DoorModels(IRoomDirectory rooms, RoomModelList models)
{
    // The Swarms API's own default. A client that lets its user choose needs one model at least.
    private const string Default = "gpt-4.1";

    /// <summary>Lists the models, those of most use first. Other models may be asked for too: the upstream decides.</summary>
    public async Task<IReadOnlyList<DoorModel>> ListAsync(RoomCaller caller, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var (agents, since) = lease.Log.Query(state => (state.Agents.ToList(), state.Room.CreatedAt.ToUnixTimeSeconds()));
        var listed = models.Read(lease.Log).Models
            .DistinctBy(model => model.Id)
            .ToDictionary(model => model.Id, model => model.Upstream);
        var names = agents.Select(agent => agent.Model).Concat(listed.Keys).Distinct(StringComparer.Ordinal).DefaultIfEmpty(Default);
        return
        [
            .. agents.Select(agent => new DoorModel(ChatRequest.AgentPrefix + agent.Id, since, "room")),
            .. names.Select(name => new DoorModel(name, since, listed.GetValueOrDefault(name, "upstream"))),
        ];
    }
}
