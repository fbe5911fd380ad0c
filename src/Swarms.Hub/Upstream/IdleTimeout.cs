namespace Swarms.Hub.Upstream;

/// <summary>
/// Ends a wait in which the upstream sends no byte for too long. Each answer has its own, used by the loop of its run, one wait at a
/// time. The clock runs only during a wait, so an answer that the hub itself holds back is not idle.
/// </summary>
internal sealed class IdleTimeout(TimeSpan timeout, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _expiry = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>
    /// Throws <see cref="OperationCanceledException"/> for the caller's token and <see cref="UpstreamException"/> after the timeout.
    /// </summary>
    public async ValueTask<T> WaitAsync<T>(Func<CancellationToken, ValueTask<T>> wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _expiry.CancelAfter(timeout);
        try
        {
            using (cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _expiry))
                return await wait(_expiry.Token);
        }
        // A cancelled read may surface as any exception of the broken connection.
        catch (Exception) when (_expiry.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw UpstreamFaults.Idle(timeout);
        }
        finally
        {
            _expiry.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _expiry.Dispose();
}
