using Microsoft.Extensions.Options;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Decides when the next commit may start: at once after a pause, and one tick after the last while events keep coming. A tick lasts 1.2
/// times as long as the pass over the viewers after the last commit, so that there is a gap between passes. It lasts at least
/// <see cref="RoomOptions.Tick"/> and at most 100 ms. The writer's loop waits on it; passes report from any thread.
/// </summary>
internal sealed class CommitTick(IOptions<RoomOptions> options, TimeProvider time)
{
    private static readonly TimeSpan MaxTick = TimeSpan.FromMilliseconds(100);

    private long _published;
    private long _passTicks;
    private int _passes;

    /// <summary>The length of the tick, measured from the last publication; it grows during a pass.</summary>
    public TimeSpan Length
    {
        get
        {
            var passTicks = Volatile.Read(ref _passTicks);
            if (Volatile.Read(ref _passes) > 0)
                passTicks = Math.Max(passTicks, SincePublished.Ticks);

            var pass = TimeSpan.FromTicks((long)(passTicks * 1.2));
            return options.Value.Tick == TimeSpan.Zero || pass < options.Value.Tick ? options.Value.Tick : pass < MaxTick ? pass : MaxTick;
        }
    }

    /// <summary>The timestamp of the last publication; 0 before the first.</summary>
    public long PublishedAt => Volatile.Read(ref _published);

    private TimeSpan Rest => Volatile.Read(ref _published) == 0 ? TimeSpan.Zero : Length - SincePublished;

    private TimeSpan SincePublished => time.GetElapsedTime(Volatile.Read(ref _published));

    public async Task WaitAsync(CancellationToken stoppingToken)
    {
        // Timers have a resolution of 1 ms, and one that fires early would only be set again.
        while (Rest is { Ticks: > 0 } rest && !stoppingToken.IsCancellationRequested)
        {
            var delay = TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds));
            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Starts the tick: the viewers are woken now.</summary>
    public void Published()
    {
        Volatile.Write(ref _passTicks, 0);
        Volatile.Write(ref _published, time.GetTimestamp());
    }

    /// <summary>Counts a pass over the viewers of one room, which begins now.</summary>
    public void PassStarted() => Interlocked.Increment(ref _passes);

    /// <summary>Ends the pass.</summary>
    public void Passed()
    {
        var elapsed = SincePublished.Ticks;
        if (elapsed > Volatile.Read(ref _passTicks))
            Volatile.Write(ref _passTicks, elapsed);

        Interlocked.Decrement(ref _passes);
    }
}
