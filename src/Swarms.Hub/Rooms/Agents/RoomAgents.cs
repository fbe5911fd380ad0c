using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// Adds, changes and removes the agents of rooms. Their public part is an event, their secrets are rows of the same commit. Safe from any
/// thread. Next: <see cref="IRoomDirectory"/>.
/// </summary>
internal sealed class RoomAgents(IRoomDirectory rooms, AgentSecrets secrets, CallRates rates, TimeProvider time)
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
        var pending = PendingEvent.Create(time.GetUtcNow(), EventTypes.AgentChanged, caller.Member.Id, new AgentPayload(agent));
        rates.CountText(caller.Member.Id, pending.Data.Length);
        var changed = given.ToDictionary(
            secret => secret.Key,
            secret => secret.Value is { } value ? secrets.Seal(caller.RoomId, id, secret.Key, value) : null);
        var change = new AgentChange.Set(agent, secretsBefore, changed, caller.Member.Id);
        await lease.Log.AppendNowAsync([pending], cancellationToken, change);
        return (agent, before is null);
    }

    /// <summary>Removes the agent and its secrets. Runs that it was started for go on.</summary>
    public Task RemoveAsync(RoomCaller caller, string id, CancellationToken cancellationToken) => rooms.AppendAsync(
        caller.RoomId,
        [PendingEvent.Create(time.GetUtcNow(), EventTypes.AgentRemoved, caller.Member.Id, AgentRemovedPayload.Of(id))],
        cancellationToken,
        new AgentChange.Remove(id, caller.Member.Id));
}
