using System.Collections.Concurrent;

namespace Swarms.Hub.Access;

/// <summary>
/// Looks tokens up, and bounds by network the look-ups of those that were not right before. A token that was right is always looked up, so
/// those who guess beside it do not lock it out. Safe from any thread.
/// </summary>
internal sealed class TokenLookups(IAccessStore store, CallRates rates)
{
    // Each takes 50 bytes.
    private const int MaxKnown = 100_000;

    private readonly ConcurrentDictionary<UInt128, bool> _known = [];

    /// <summary>Returns the token's membership; null for a wrong one. Refuses with <c>rate_limited</c> after too many wrong ones.</summary>
    public async Task<Membership?> FindAsync(HttpContext context, string token)
    {
        var hash = Secrets.Hash(token);
        if (!_known.ContainsKey(KeyOf(hash)))
            rates.CountNewToken(ClientNetwork.Of(context.Connection.RemoteIpAddress));

        var membership = await store.FindTokenAsync(hash, context.RequestAborted);
        if (membership is not null)
            Remember(hash);

        return membership;
    }

    /// <summary>Remembers a token that is right, also one that was just made.</summary>
    public void Remember(byte[] hash)
    {
        if (_known.Count >= MaxKnown)
            _known.Clear();

        _known.TryAdd(KeyOf(hash), true);
    }

    private static UInt128 KeyOf(byte[] hash) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
}
