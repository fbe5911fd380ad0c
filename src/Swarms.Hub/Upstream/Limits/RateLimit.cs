namespace Swarms.Hub.Upstream;

/// <summary>
/// The limit that one upstream sets for the hub's key, as its refusals tell it. All runs share it: while it is in force nobody calls, and
/// once it is over one caller tries first. Safe from any thread.
/// </summary>
internal sealed class RateLimit(UpstreamOptions options, TimeProvider time)
{
    // The others wait this long for the answer to the first call. A stream's headers usually come within a second.
    internal static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private DateTimeOffset? _until;
    private string _reason = "";
    private object? _first;

    /// <summary>The longest time that a run waits.</summary>
    public TimeSpan MaxWait => options.MaxRateLimitWait;

    /// <summary>The refusals after which a run ends.</summary>
    public int MaxAttempts => options.MaxRateLimitAttempts;

    /// <summary>Returns null if the caller may call now. Then it says how the call went.</summary>
    public Hold? Enter(object caller)
    {
        lock (_lock)
        {
            if (_until is not { } until)
                return null;

            var now = time.GetUtcNow();
            if (now < until)
                return new Hold(until, _reason, IsTrial: false, _changed.Task);

            var end = until + TrialTime;
            if (_first is not null && _first != caller && now < end)
                return new Hold(end, _reason, IsTrial: true, _changed.Task);

            _first = caller;
            return null;
        }
    }

    /// <summary>The upstream took a call. That ends a limit whose time is over; an answer to an earlier call tells nothing.</summary>
    public void Accept()
    {
        lock (_lock)
        {
            if (_until is not { } until || time.GetUtcNow() < until)
                return;

            (_until, _first) = (null, null);
            Signal_NeedsLock();
        }
    }

    /// <summary>The upstream refused a call until a time. The latest time counts.</summary>
    public void Refuse(DateTimeOffset until, string reason)
    {
        lock (_lock)
        {
            if (_until is null || until > _until)
                (_until, _reason) = (until, reason);

            _first = null;
            Signal_NeedsLock();
        }
    }

    /// <summary>The caller's call failed for another reason, or it gave up: another one may try.</summary>
    public void Leave(object caller)
    {
        lock (_lock)
        {
            if (_first != caller)
                return;

            _first = null;
            Signal_NeedsLock();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal_NeedsLock()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    /// <summary>A limit that is in force.</summary>
    /// <param name="Until">The time at which the caller may ask again.</param>
    /// <param name="Reason">One of <see cref="Protocol.RunWaitReasons"/>.</param>
    /// <param name="IsTrial">Whether another caller tries at this moment.</param>
    /// <param name="Changed">Completes when the limit may be another one.</param>
    internal readonly record struct Hold(DateTimeOffset Until, string Reason, bool IsTrial, Task Changed);
}
