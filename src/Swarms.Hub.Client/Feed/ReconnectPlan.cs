using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// When to connect again. Counts elapsed time only, so that a clock that is set changes nothing. Called by the feed's loop;
/// <see cref="Drain"/> by its connection's callbacks.
/// </summary>
internal sealed class ReconnectPlan(TimeProvider time, TimeSpan longest)
{
    /// <summary>A connection that brought something for so long was a good one: its loss starts the waits from the beginning.</summary>
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(5);

    /// <summary>From so many connections in a row on that brought nothing, people are told that they are offline.</summary>
    private const int OfflineAfterFailures = 3;

    /// <summary>Timers take no more than some weeks.</summary>
    private const int MaxDrainSeconds = 7 * 24 * 60 * 60;

    private int _failures;
    private int _withoutFrame;
    private long? _goodSince;
    private bool _wasGood;
    private (long Since, TimeSpan Delay)? _drain;

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
        var delay = Random.Shared.NextDouble() * TimeSpan.FromSeconds(Math.Clamp(withinSeconds, 0, MaxDrainSeconds));
        _drain = (time.GetTimestamp(), delay);
        return delay;
    }

    /// <summary>The connection is over.</summary>
    public void Ended()
    {
        if (_goodSince is { } since && time.GetElapsedTime(since) >= StableAfter)
            _failures = 0;

        _wasGood = _goodSince is not null;
        _goodSince = null;
    }

    /// <summary>How long to wait before the next attempt.</summary>
    /// <param name="isDraining">This viewer has left a hub that stops.</param>
    /// <param name="error">The reason of the ending, where there is one: its code says whether to come back now or after a while.</param>
    public TimeSpan Next(bool isDraining, HubClientException? error)
    {
        var drain = _drain is { } plan ? plan.Delay - time.GetElapsedTime(plan.Since) : TimeSpan.Zero;
        _drain = null;
        if (isDraining || drain > TimeSpan.Zero)
            return drain > TimeSpan.Zero ? drain : TimeSpan.Zero;

        // Not where the connection brought nothing: a hub that ends each one at once must not be called without a pause.
        if (_wasGood && error is not null && Endings.ComeBackAfter(error.Code) == ComeBack.Now)
            return TimeSpan.Zero;

        _withoutFrame++;
        var failures = _failures++;
        if (error?.RetryAfter is not { } asked)
            return ReconnectDelay.After(failures, longest, Random.Shared.NextDouble());

        // The random part comes on top of the pause that the hub asks for, so that its viewers do not come back in one wave.
        var wait = asked + ReconnectDelay.After(Math.Max(1, failures), longest, Random.Shared.NextDouble());
        return wait < longest ? wait : longest;
    }
}
