namespace Swarms.Hub.Upstream;

/// <summary>
/// One run's way through its upstream's <see cref="RateLimit"/>: when it may call, and how often and how long it waits. Used by the loop of
/// one run.
/// </summary>
/// <param name="limit">The upstream's limit; null for a run that never waits.</param>
/// <param name="time">The clock.</param>
internal sealed class RunRateWait(RateLimit? limit, TimeProvider time)
{
    // Where the upstream does not say how long. The longest pause is a minute, as its shortest window is.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    // A time of zero, or one that is over, would make the run call again and again at once.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private DateTimeOffset? _since;

    /// <summary>The calls that were refused so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>Returns what the run waits for before it calls; null if it may call now.</summary>
    public RateLimit.Hold? Enter()
    {
        if (limit?.Enter(this) is not { } hold)
            return null;

        _since ??= time.GetUtcNow();
        // Other runs may have moved the limit beyond what this one waits. It asks for itself then.
        return hold.Until - _since.Value <= limit.MaxWait + RateLimit.TrialTime ? hold : null;
    }

    /// <summary>The upstream took the call.</summary>
    public void Accept() => limit?.Accept();

    /// <summary>Notes a refusal. Returns true if the run waits and calls again.</summary>
    public bool TryWait(UpstreamException exception)
    {
        var now = time.GetUtcNow();
        if (limit is null || RateRefusal.Find(exception, now) is not { } refusal)
            return false;

        _since ??= now;
        Attempts++;
        var pause = Max(refusal.After ?? Pause(), ShortestPause);
        if (Attempts >= limit.MaxAttempts || pause > limit.MaxWait - (now - _since.Value))
            return false;

        limit.Refuse(now + pause, refusal.Reason);
        return true;
    }

    /// <summary>The run makes no more calls, or its call failed for another reason.</summary>
    public void Leave() => limit?.Leave(this);

    private TimeSpan Pause() => FirstPause * Math.Pow(2, Math.Min(Attempts - 1, 10)) is var pause && pause < LongestPause
        ? pause
        : LongestPause;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
