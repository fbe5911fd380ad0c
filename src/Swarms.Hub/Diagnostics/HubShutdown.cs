namespace Swarms.Hub.Diagnostics;

/// <summary>
/// Signals that a stopping hub is drained: runs have their endings, viewers had time to see them, and open streams end now. Otherwise
/// the web server would wait for every open response until its own timeout. Safe from any thread.
/// </summary>
internal sealed class HubShutdown : IDisposable
{
    private readonly CancellationTokenSource _drained = new();

    public CancellationToken Drained => _drained.Token;

    public void SetDrained() => _drained.Cancel();

    public void Dispose() => _drained.Dispose();
}
