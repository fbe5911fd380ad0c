using System.Collections.Concurrent;

namespace Swarms.Hub.Access;

/// <summary>
/// Looks tokens and sessions up, and bounds by network the look-ups of those that were not right before. One that was right is always
/// looked up, so those who guess beside it do not lock it out. Safe from any thread.
/// </summary>
internal sealed class TokenLookups(IAccessStore store, CallRates rates)
{
    // Each takes 50 bytes.
    private const int MaxKnown = 100_000;

    private readonly ConcurrentDictionary<UInt128, bool> _known = [];

    /// <summary>
    /// Returns what <see cref="IAccessStore.FindTokensAsync"/> does. Refuses with <c>rate_limited</c> after too many that were not right
    /// before.
    /// </summary>
    public async Task<IReadOnlyList<FoundToken>> FindAsync(HttpContext context, byte[] credential, string? roomId)
    {
        CountNew(context, credential);
        var tokens = await store.FindTokensAsync(credential, roomId, context.RequestAborted);
        if (tokens.Count > 0)
            Remember(credential);

        return tokens;
    }

    /// <summary>
    /// Returns what <see cref="IAccessStore.FindEmbedAsync"/> does. Refuses as <see cref="FindAsync"/> does.
    /// </summary>
    public async Task<FoundEmbed?> FindEmbedAsync(HttpContext context, byte[] credential)
    {
        CountNew(context, credential);
        var embed = await store.FindEmbedAsync(credential, context.RequestAborted);
        if (embed is not null)
            Remember(credential);

        return embed;
    }

    /// <summary>Remembers a token or session that is right, also one that was just made.</summary>
    public void Remember(byte[] hash)
    {
        if (_known.Count >= MaxKnown)
            _known.Clear();

        _known.TryAdd(KeyOf(hash), true);
    }

    private void CountNew(HttpContext context, byte[] credential)
    {
        if (!_known.ContainsKey(KeyOf(credential)))
            rates.CountNewToken(ClientNetwork.Of(context.Connection.RemoteIpAddress));
    }

    private static UInt128 KeyOf(byte[] hash) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
}
