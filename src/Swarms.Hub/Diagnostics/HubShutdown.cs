using System.Collections.Concurrent;

namespace Swarms.Hub.Diagnostics;

/// <summary>
/// Signals that a stopping hub is drained: runs have their endings, viewers had time to see them, and feeds and connections end now.
/// Otherwise the web server would wait for open responses until its own timeout. Safe from any thread.
/// </summary>
internal sealed class HubShutdown : IDisposable
{
    private readonly CancellationTokenSource _drained = new();
    private readonly ConcurrentDictionary<Closing, bool> _closings = [];

    public CancellationToken Drained => _drained.Token;

    /// <summary>Calls <paramref name="close"/>, which must not throw, when the hub has drained, unless the result was disposed before.</summary>
    public IDisposable OnDrained(Func<Task> close)
    {
        var closing = new Closing(this, close);
        _closings.TryAdd(closing, true);
        return closing;
    }

    /// <summary>Ends every feed, and waits until connections are closed or the timeout has passed.</summary>
    public async Task DrainAsync(TimeSpan timeout, TimeProvider time)
    {
        await _drained.CancelAsync();
        var closings = Task.WhenAll(_closings.Keys.Select(closing => closing.Close()));
        await closings.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _drained.Dispose();

    private sealed class Closing(HubShutdown shutdown, Func<Task> close) : IDisposable
    {
        public Func<Task> Close { get; } = close;

        public void Dispose() => shutdown._closings.TryRemove(this, out _);
    }
}
