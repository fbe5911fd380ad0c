using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// The rates of everything that callers can make grow, one set for HTTP and SignalR. Refuses with <c>rate_limited</c> and a time.
/// Safe from any thread.
/// </summary>
internal sealed class CallRates(IOptions<RateOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _actions = Create(options.Value.MaxActionsPerMinute, 5);
    private readonly PartitionedRateLimiter<string> _text = Create(options.Value.MaxTextBytesPerMinute, 4);
    private readonly PartitionedRateLimiter<string> _connections = Create(options.Value.MaxConnectionsPerMinute, 3);
    private readonly PartitionedRateLimiter<string> _joins = Create(options.Value.MaxJoinsPerMinute, 1);
    private readonly PartitionedRateLimiter<string> _rooms = Create(options.Value.MaxRoomsPerMinute, 1);
    private readonly PartitionedRateLimiter<string> _newTokens = Create(options.Value.MaxNewTokensPerMinute, 1);

    /// <summary>
    /// Counts a call of a member that may append something. Returns the refusal, because throwing one would cost a flood's victims more
    /// than all else.
    /// </summary>
    public HubErrorException? TryCountAction(string memberId) =>
        TryCount(_actions, memberId, 1, $"You may do {options.Value.MaxActionsPerMinute} things in a minute here.");

    /// <summary>Counts a text that a member appends.</summary>
    public void CountText(string memberId, int bytes) =>
        Require(_text, memberId, bytes, $"You may write {options.Value.MaxTextBytesPerMinute} bytes in a minute here.");

    /// <summary>Counts a connection that is about to open, by the hash of its token or session. Returns the refusal.</summary>
    public HubErrorException? TryCountConnection(byte[] credential) => TryCount(
        _connections,
        Convert.ToHexString(credential),
        1,
        $"You may open {options.Value.MaxConnectionsPerMinute} connections in a minute here.");

    /// <summary>Counts a new member by an invite.</summary>
    public void CountJoin(string inviteId) =>
        Require(_joins, inviteId, 1, $"By one invite, {options.Value.MaxJoinsPerMinute} people may join in a minute.");

    /// <summary>Counts a look at an invite, apart from the joins by it.</summary>
    public void CountLook(string inviteId) =>
        Require(_joins, $"look/{inviteId}", 1, $"At one invite, {options.Value.MaxJoinsPerMinute} people may look in a minute.");

    /// <summary>Counts a room that is created from a network.</summary>
    public void CountRoom(string network) =>
        Require(_rooms, network, 1, $"From one address, {options.Value.MaxRoomsPerMinute} rooms may be created in a minute.");

    /// <summary>Counts a look-up of a token that was not right before.</summary>
    public void CountNewToken(string network) => Require(_newTokens, network, 1, "Too many wrong tokens came from your address.");

    public void Dispose()
    {
        _actions.Dispose();
        _text.Dispose();
        _connections.Dispose();
        _joins.Dispose();
        _rooms.Dispose();
        _newTokens.Dispose();
    }

    private static PartitionedRateLimiter<string> Create(int perMinute, int parts)
    {
        var perPeriod = Math.Max(1, perMinute / 60);
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute / parts,
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)perPeriod / perMinute),
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => bucket));
    }

    private static void Require(PartitionedRateLimiter<string> limiter, string key, int count, string limit)
    {
        if (TryCount(limiter, key, count, limit) is { } refusal)
            throw refusal;
    }

    private static HubErrorException? TryCount(PartitionedRateLimiter<string> limiter, string key, int count, string limit)
    {
        using var lease = limiter.AttemptAcquire(key, count);
        if (lease.IsAcquired)
            return null;

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var until) && until > TimeSpan.FromSeconds(1)
            ? until
            : TimeSpan.FromSeconds(1);
        return new HubErrorException(ErrorCodes.RateLimited, $"{limit} Try again in {Math.Ceiling(wait.TotalSeconds)} s.", wait);
    }
}
