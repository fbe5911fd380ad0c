using System.Collections.Concurrent;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Fakes;

/// <summary>A synchronization context with one thread, as WPF, WinForms, MAUI and Blazor Server have.</summary>
internal sealed class SingleThreadContext : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<Action> _posted = [];
    private readonly TaskCompletionSource<Exception> _thrown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;

    public SingleThreadContext()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public int ThreadId => _thread.ManagedThreadId;

    /// <summary>The first exception that posted code threw, as an application's handler of unhandled exceptions would get it.</summary>
    public Task<Exception> Thrown => _thrown.Task.InTime();

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add(() => d(state));

    /// <summary>Runs on the thread; the task fails where the work does not end in time.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _posted.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.InTime();
    }

    public void Dispose() => _posted.CompleteAdding();

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach (var action in _posted.GetConsumingEnumerable())
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                _thrown.TrySetResult(e);
            }
        }
    }
}
