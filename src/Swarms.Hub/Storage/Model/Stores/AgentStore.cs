using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Rooms.Agents;

namespace Swarms.Hub.Storage.Model;

/// <summary>Reads the secrets of agents on its own connections. Safe from any thread.</summary>
internal sealed class AgentStore(HubDatabase database) : IAgentStore
{
    public Task<IReadOnlyDictionary<string, byte[]>> FindSecretsAsync(
        string roomId, string agentId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, byte[]>>(async context =>
        {
            var secrets =
                from secret in context.AgentSecrets
                join room in context.Rooms on secret.RoomKey equals room.Key
                where room.Id == roomId && room.DeletedAt == null && secret.AgentId == agentId
                select secret;
            return await secrets.ToDictionaryAsync(secret => secret.Place, secret => secret.Value, cancellationToken);
        });
}
