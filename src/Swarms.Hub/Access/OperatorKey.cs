using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Access;

/// <summary>
/// The key that creates rooms on a hub where not everybody may. It is configured, or generated and printed at the first start; a
/// generated key is stored only as its hash.
/// </summary>
internal sealed class OperatorKey(IOptions<AccessOptions> options, IAccessStore store) : IStartStep
{
    private byte[] _hash = [];

    /// <summary>The key if this start generated it, to be shown once.</summary>
    public string? Generated { get; private set; }

    public bool Matches(string key) => CryptographicOperations.FixedTimeEquals(Secrets.Hash(key), _hash);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OperatorKey is { Length: > 0 } configured)
        {
            _hash = Secrets.Hash(configured);
            return;
        }

        if (await store.FindOperatorKeyAsync(cancellationToken) is { } known)
        {
            _hash = known;
            return;
        }

        Generated = Secrets.Create(Secrets.OperatorPrefix);
        _hash = Secrets.Hash(Generated);
        await store.SaveOperatorKeyAsync(_hash, cancellationToken);
    }
}
