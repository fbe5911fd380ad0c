using System.Collections.Concurrent;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Threads of their own for long reads, first come first served. SQLite blocks the thread that reads, and the pool's threads serve
/// everybody. Safe from any thread.
/// </summary>
internal sealed class ReadThreads : IDisposable
{
    private readonly BlockingCollection<Action> _reads = [];

    public ReadThreads(string name, int count)
    {
        for (var i = 0; i < count; i++)
            new Thread(Run) { IsBackground = true, Name = $"{name} {i + 1}" }.Start();
    }

    /// <summary>
    /// Reads on one of the threads. A read that is cancelled before its turn does not begin, and its caller does not wait.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelled = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        _reads.Add(
            () =>
            {
                try
                {
                    if (!done.Task.IsCompleted)
                        done.TrySetResult(read().GetAwaiter().GetResult());
                }
                catch (OperationCanceledException e)
                {
                    done.TrySetCanceled(e.CancellationToken);
                }
                catch (Exception e)
                {
                    done.TrySetException(e);
                }
            },
            CancellationToken.None);
        return await done.Task;
    }

    /// <summary>Ends the threads after the reads that wait.</summary>
    public void Dispose() => _reads.CompleteAdding();

    private void Run()
    {
        foreach (var read in _reads.GetConsumingEnumerable())
            read();
    }
}
