using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// Adds, changes and removes the agents of rooms. Their public part is an event, their secrets are rows of the same commit. Safe from any
/// thread. Next: <see cref="IRoomDirectory"/>.
/// </summary>
internal sealed class RoomAgents(IRoomDirectory rooms, AgentSecrets secrets, TimeProvider time)
{
    /// <summary>Adds the agent or replaces all of it but the secrets that the request does not name.</summary>
    public async Task<(RoomAgent Agent, bool IsNew)> SetAsync(
        RoomCaller caller, string id, SetAgentRequest request, CancellationToken cancellationToken)
    {
        var read = AgentForm.Read(id, request);
        var given = request.Secrets ?? new Dictionary<string, string?>();
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var before = lease.Log.Query(state => state.FindAgent(id));
        var secretsBefore = before?.Secrets ?? [];
        var agent = read with { Secrets = AgentForm.Places(read, secretsBefore, given) };
        var changed = given.ToDictionary(
            secret => secret.Key,
            secret => secret.Value is { } value ? secrets.Seal(caller.RoomId, id, secret.Key, value) : null);
        await AppendAsync(
            lease.Log,
            caller,
            EventTypes.AgentChanged,
            new AgentPayload(agent),
            new AgentChange.Set(agent, secretsBefore, changed, caller.Member.Id),
            cancellationToken);
        return (agent, before is null);
    }

    /// <summary>Removes the agent and its secrets. Runs that it was started for go on.</summary>
    public async Task RemoveAsync(RoomCaller caller, string id, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        await AppendAsync(
            lease.Log,
            caller,
            EventTypes.AgentRemoved,
            AgentRemovedPayload.Of(id),
            new AgentChange.Remove(id, caller.Member.Id),
            cancellationToken);
    }

    private Task<long> AppendAsync<T>(
        RoomLog log, RoomCaller caller, string type, T data, AgentChange change, CancellationToken cancellationToken) =>
        log.AppendNowAsync(
            [PendingEvent.Create(time.GetUtcNow(), type, caller.Member.Id, data)], cancellationToken, change);
}
