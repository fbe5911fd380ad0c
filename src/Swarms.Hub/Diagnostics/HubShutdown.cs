namespace Swarms.Hub.Diagnostics;

/// <summary>
/// The end of a stopping hub's patience: runs have their endings and viewers have seen them, so what still streams ends now.
/// Without it the web server would wait for every open response until its own timeout. Safe from any thread.
/// </summary>
internal sealed class HubShutdown : IDisposable
{
    private readonly CancellationTokenSource _drained = new();

    public CancellationToken Drained => _drained.Token;

    public void SetDrained() => _drained.Cancel();

    public void Dispose() => _drained.Dispose();
}
