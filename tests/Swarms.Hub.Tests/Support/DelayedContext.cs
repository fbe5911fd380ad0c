using System.Collections.Concurrent;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>Delays the continuations of an operation until the test releases them, so that a late decision can come last.</summary>
internal sealed class DelayedContext : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

    public Task<T> Run<T>(Func<Task<T>> operation)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return operation();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs the operation to its end.</summary>
    public Task GoOnAsync(Task operation) => Task.Run(() =>
    {
        SetSynchronizationContext(this);
        while (!operation.IsCompleted)
        {
            if (_posted.TryTake(out var next, millisecondsTimeout: 100))
                next.Callback(next.State);
        }
    }).InTime();

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));
}
