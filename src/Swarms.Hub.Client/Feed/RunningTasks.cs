namespace Swarms.Hub.Client;

/// <summary>The tasks that a disposal waits for. Safe from any thread.</summary>
internal sealed class RunningTasks
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Remembers a task until it has ended.</summary>
    public Task<T> Track<T>(Task<T> task)
    {
        lock (_lock)
            _running.Add(task);

        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    /// <summary>Waits until they have ended, however they do.</summary>
    public async Task WaitAsync()
    {
        Task[] running;
        lock (_lock)
            running = [.. _running];

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Forget(Task task)
    {
        lock (_lock)
            _running.Remove(task);
    }
}
