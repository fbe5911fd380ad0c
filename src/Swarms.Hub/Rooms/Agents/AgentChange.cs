using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>Changes of a room's agents, each in the commit of its event.</summary>
internal abstract record AgentChange : RoomChange
{
    /// <summary>The number of bytes that the agents of a room take together, as JSON. Every snapshot holds them all.</summary>
    public const int MaxBytes = 262_144;

    /// <summary>
    /// Adds or replaces an agent, and saves or deletes some of its secrets. The commit fails with <c>conflict</c> if its secrets were
    /// changed meanwhile, with <c>too_large</c> if the room's agents would be too many or too large together, and with
    /// <c>unauthenticated</c> or <c>forbidden</c> if <paramref name="By"/> is no host any more.
    /// </summary>
    /// <param name="Agent">The agent from now on.</param>
    /// <param name="SecretsBefore">The places of its secrets before.</param>
    /// <param name="Secrets">The secrets to save, encrypted, by their places; null deletes one.</param>
    /// <param name="By">The host who sets it.</param>
    internal sealed record Set(
        RoomAgent Agent, IReadOnlyList<string> SecretsBefore, IReadOnlyDictionary<string, byte[]?> Secrets, string By) : AgentChange;

    /// <summary>
    /// Removes an agent and its secrets. The commit fails with <c>not_found</c> if there is none, and as <see cref="Set"/> does if
    /// <paramref name="By"/> is no host any more.
    /// </summary>
    internal sealed record Remove(string AgentId, string By) : AgentChange;
}
