using Microsoft.Extensions.Options;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// When the next commit may start. Leading edge: after a pause at once, and while events keep coming one tick after the last.
/// A tick lasts 1.2 times as long as the pass over the viewers took after the last commit, at least
/// <see cref="RoomOptions.Tick"/>, at most 100 ms: a pass never starts back to back with the one before.
/// Waited on by the writer's loop; passes report from any thread.
/// </summary>
internal sealed class CommitTick(IOptions<RoomOptions> options, TimeProvider time)
{
    private static readonly TimeSpan MaxTick = TimeSpan.FromMilliseconds(100);

    private long _published;
    private long _passTicks;
    private int _passes;

    /// <summary>The time until the next commit, measured from the start of the last one; it grows while a pass goes on.</summary>
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

    private TimeSpan Rest => Volatile.Read(ref _published) == 0 ? TimeSpan.Zero : Length - SincePublished;

    private TimeSpan SincePublished => time.GetElapsedTime(Volatile.Read(ref _published));

    public async Task WaitAsync(CancellationToken stoppingToken)
    {
        // Timers know whole milliseconds, and one that is too early would only be set again.
        while (Rest is { Ticks: > 0 } rest && !stoppingToken.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The viewers are woken now.</summary>
    public void Published()
    {
        Volatile.Write(ref _passTicks, 0);
        Volatile.Write(ref _published, time.GetTimestamp());
    }

    /// <summary>The viewers of one room are about to be served.</summary>
    public void PassStarted() => Interlocked.Increment(ref _passes);

    /// <summary>They have been.</summary>
    public void Passed()
    {
        var elapsed = SincePublished.Ticks;
        if (elapsed > Volatile.Read(ref _passTicks))
            Volatile.Write(ref _passTicks, elapsed);

        Interlocked.Decrement(ref _passes);
    }
}
