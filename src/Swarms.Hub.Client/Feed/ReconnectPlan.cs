namespace Swarms.Hub.Client;

/// <summary>When to connect again. Called by the feed's loop; <see cref="Drain"/> by its connection's callbacks.</summary>
internal sealed class ReconnectPlan(TimeProvider time, TimeSpan longest)
{
    /// <summary>A connection that brought something for so long was a good one: its loss starts the waits from the beginning.</summary>
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(5);

    /// <summary>From so many connections in a row on that brought nothing, people are told that they are offline.</summary>
    private const int OfflineAfterFailures = 3;

    private int _failures;
    private int _withoutFrame;
    private long? _goodSince;
    private DateTimeOffset _drainUntil;

    /// <summary>Whether attempts keep failing.</summary>
    public bool IsOffline => _withoutFrame > OfflineAfterFailures;

    /// <summary>A frame came: the time that it took to connect counts for nothing.</summary>
    public void Heard()
    {
        _goodSince ??= time.GetTimestamp();
        _withoutFrame = 0;
    }

    /// <summary>The hub stops within that time; gives how long this viewer stays, a random part of it.</summary>
    public TimeSpan Drain(int withinSeconds)
    {
        var delay = Random.Shared.NextDouble() * TimeSpan.FromSeconds(Math.Max(0, withinSeconds));
        _drainUntil = time.GetUtcNow() + delay;
        return delay;
    }

    /// <summary>The connection is over.</summary>
    public void Ended()
    {
        if (_goodSince is { } since && time.GetElapsedTime(since) >= StableAfter)
            _failures = 0;

        _goodSince = null;
    }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Next(bool isDraining)
    {
        var drain = _drainUntil - time.GetUtcNow();
        _drainUntil = default;
        if (isDraining || drain > TimeSpan.Zero)
            return drain > TimeSpan.Zero ? drain : TimeSpan.Zero;

        _withoutFrame++;
        return ReconnectDelay.After(_failures++, longest, Random.Shared.NextDouble());
    }
}
