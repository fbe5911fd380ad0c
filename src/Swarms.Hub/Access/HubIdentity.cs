using System.Security.Cryptography;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Access;

/// <summary>The hub's random id, made at its first start and kept in its store.</summary>
internal sealed class HubIdentity(IAccessStore store) : IStartStep
{
    public string Id { get; private set; } = "";

    public async Task RunAsync(CancellationToken cancellationToken) =>
        Id = await store.FindHubIdAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), cancellationToken);
}
