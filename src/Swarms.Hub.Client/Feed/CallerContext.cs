using System.Runtime.CompilerServices;

namespace Swarms.Hub.Client;

/// <summary>
/// The synchronization context or task scheduler on which a watch began. Waiting needs neither, so that a program may block; only
/// callbacks are brought back to it.
/// </summary>
internal sealed class CallerContext
{
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;
    private readonly TaskScheduler _scheduler = TaskScheduler.Current;

    /// <summary>Goes on there; at once where it is there already.</summary>
    public Switch SwitchAsync() => new(this);

    private bool IsCurrent => _context is not null
        ? SynchronizationContext.Current == _context
        : _scheduler == TaskScheduler.Default || TaskScheduler.Current == _scheduler;

    private void Post(Action action)
    {
        if (_context is not null)
            _context.Post(static action => ((Action)action!)(), action);
        else
            Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
    }

    internal readonly struct Switch(CallerContext caller) : INotifyCompletion
    {
        public bool IsCompleted => caller.IsCurrent;

        public Switch GetAwaiter() => this;

        public void OnCompleted(Action continuation) => caller.Post(continuation);

        public void GetResult()
        {
        }
    }
}
