using System.Collections.Concurrent;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>Holds back what follows an operation's awaits until the test says so: what is decided late can then be decided last.</summary>
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

    /// <summary>Lets the operation go on to its end.</summary>
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
