using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// Encrypts and decrypts the secrets of agents. A ciphertext is bound to its room, agent and place, so it is of no use anywhere else. Safe
/// from any thread.
/// </summary>
internal sealed class AgentSecrets(IDataProtectionProvider protection, IAgentStore store)
{
    /// <summary>Encrypts a secret. Refuses with <c>storage_unavailable</c> if the keys cannot be read or written.</summary>
    public byte[] Seal(string roomId, string agentId, string place, string secret)
    {
        try
        {
            return Protector(roomId, agentId, place).Protect(Encoding.UTF8.GetBytes(secret));
        }
        catch (Exception e) when (IsOfKeys(e))
        {
            throw new HubErrorException(
                ErrorCodes.StorageUnavailable,
                "The hub cannot use the keys of its secrets at the moment. Nothing was changed; tell its operator, or try again later.",
                TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Returns the agent's secrets. Refuses with <c>conflict</c> if one of these places has none that can be read.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OpenAsync(
        string roomId, string agentId, IReadOnlyList<string> places, CancellationToken cancellationToken)
    {
        if (places.Count == 0)
            return new Dictionary<string, string>();

        var stored = await store.FindSecretsAsync(roomId, agentId, cancellationToken);
        try
        {
            return places.ToDictionary(
                place => place,
                place => Encoding.UTF8.GetString(Protector(roomId, agentId, place).Unprotect(stored[place])));
        }
        catch (Exception e) when (e is KeyNotFoundException || IsOfKeys(e))
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "The agent's secrets cannot be read any more. A host must enter them again.");
        }
    }

    private IDataProtector Protector(string roomId, string agentId, string place) =>
        protection.CreateProtector("Swarms.Hub.Agents", roomId, agentId, place);

    private static bool IsOfKeys(Exception exception) =>
        exception is CryptographicException or IOException or UnauthorizedAccessException;
}
