namespace Swarms.Hub.Testing;

/// <summary>
/// Waits for what gives no signal, such as a file of another process. A loop without a pause takes one core, which the process needs that
/// is waited for.
/// </summary>
public static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    // A call over HTTP costs both sides a thousand times the look at a variable.
    private static readonly TimeSpan CallInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Throws <see cref="TimeoutException"/> if the condition does not come true in time.</summary>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()), Interval);

    /// <inheritdoc cref="TrueAsync(Func{bool})"/>
    public static Task TrueAsync(Func<Task<bool>> condition) => TrueAsync(condition, CallInterval);

    private static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition().InTime())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Deadline.Limit)
                throw new TimeoutException("The condition did not come true.");

            await timer.WaitForNextTickAsync();
        }
    }
}
