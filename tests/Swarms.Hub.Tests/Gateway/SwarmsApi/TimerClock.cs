using Microsoft.Extensions.Time.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>A clock that stands still for waits of exactly <paramref name="due"/> and runs for all others.</summary>
internal sealed class TimerClock(TimeSpan due) : FakeTimeProvider, IDisposable
{
    private readonly SemaphoreSlim _begun = new(0);

    /// <summary>Lets the time pass for the held waits until the task completes.</summary>
    public async Task<T> PassUntilAsync<T>(Task<T> coming)
    {
        while (!coming.IsCompleted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            await Task.WhenAny(coming, _begun.WaitAsync(stop.Token));
            if (coming.IsCompleted)
                await stop.CancelAsync();
            else
                Advance(due);
        }

        return await coming;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != due)
            return System.CreateTimer(callback, state, dueTime, period);

        var timer = base.CreateTimer(callback, state, dueTime, period);
        _begun.Release();
        return timer;
    }

    public void Dispose() => _begun.Dispose();
}
