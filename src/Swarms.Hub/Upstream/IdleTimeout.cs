namespace Swarms.Hub.Upstream;

/// <summary>
/// Ends a wait for the upstream in which not a byte came for too long. One for each answer; the waits follow one another.
/// Time passes only while something is awaited, so an answer that the hub itself holds back is not idle.
/// </summary>
internal sealed class IdleTimeout(TimeSpan timeout, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource expiry = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Throws <see cref="OperationCanceledException"/> for the caller's token, <see cref="UpstreamException"/> when the time is over.</summary>
    public async ValueTask<T> WaitAsync<T>(Func<CancellationToken, ValueTask<T>> wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        expiry.CancelAfter(timeout);
        try
        {
            using (cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), expiry))
            {
                return await wait(expiry.Token);
            }
        }
        // Breaking a wait off surfaces as whatever the broken connection throws.
        catch (Exception) when (expiry.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw UpstreamFaults.Idle(timeout);
        }
        finally
        {
            expiry.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => expiry.Dispose();
}
