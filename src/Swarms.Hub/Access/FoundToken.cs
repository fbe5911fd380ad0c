namespace Swarms.Hub.Access;

/// <summary>A stored token, or one membership of a stored session. Safe from any thread.</summary>
/// <param name="hash">The hash by which it is stored.</param>
/// <param name="membership">The member that it stands for.</param>
/// <param name="expiresAt">The end of its lifetime; null for none.</param>
/// <param name="lastUsedAt">Its last use, to the hour.</param>
internal sealed class FoundToken(byte[] hash, Membership membership, DateTimeOffset? expiresAt, DateTimeOffset lastUsedAt)
{
    // A write for each request would cost more than the request.
    private static readonly TimeSpan Precision = TimeSpan.FromHours(1);

    private long _lastUsedAt = lastUsedAt.UtcTicks;

    public byte[] Hash { get; } = hash;

    public Membership Membership { get; } = membership;

    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    public bool IsValid(DateTimeOffset now) => ExpiresAt is null || now < ExpiresAt;

    /// <summary>True for the first of the callers who use it after an hour without use; that one stores it.</summary>
    public bool TryUse(DateTimeOffset now)
    {
        var last = Volatile.Read(ref _lastUsedAt);
        return now.UtcTicks - last >= Precision.Ticks && Interlocked.CompareExchange(ref _lastUsedAt, now.UtcTicks, last) == last;
    }
}
