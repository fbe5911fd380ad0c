using Microsoft.Extensions.Options;

namespace Swarms.Hub.Rooms;

/// <summary>
/// When the next commit may start. Leading edge: after a pause at once, and while events keep coming one tick after the last.
/// A tick lasts 1.2 times as long as the pass over the viewers took after the last commit, at least
/// <see cref="RoomOptions.Tick"/>, at most 100 ms: a pass never starts back to back with the one before.
/// Waited on by the writer's loop; passes report from any thread.
/// </summary>
internal sealed class CommitTick(IOptions<RoomOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private long _published;
    private long _passTicks;

    /// <summary>The time until the next commit, measured from the start of the last one.</summary>
    public TimeSpan Length
    {
        get
        {
            var pass = TimeSpan.FromTicks((long)(Volatile.Read(ref _passTicks) * 1.2));
            return options.Value.Tick == TimeSpan.Zero || pass < options.Value.Tick ? options.Value.Tick : pass < Longest ? pass : Longest;
        }
    }

    public Task WaitAsync(CancellationToken stoppingToken)
    {
        var published = Volatile.Read(ref _published);
        var rest = published == 0 ? TimeSpan.Zero : Length - time.GetElapsedTime(published);
        return rest <= TimeSpan.Zero
            ? Task.CompletedTask
            : Task.Delay(rest, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The viewers are woken now.</summary>
    public void Published()
    {
        Volatile.Write(ref _passTicks, 0);
        Volatile.Write(ref _published, time.GetTimestamp());
    }

    /// <summary>The viewers of one room have been served.</summary>
    public void Passed()
    {
        var elapsed = time.GetElapsedTime(Volatile.Read(ref _published)).Ticks;
        if (elapsed > Volatile.Read(ref _passTicks))
            Volatile.Write(ref _passTicks, elapsed);
    }
}
