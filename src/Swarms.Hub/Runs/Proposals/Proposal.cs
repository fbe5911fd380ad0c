using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// A run's wait for a host. Who decides takes <see cref="Turn"/>, so a proposal is approved, declined or withdrawn once. Safe from any
/// thread.
/// </summary>
internal sealed class Proposal : IDisposable
{
    private readonly TaskCompletionSource<RunState> _approved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOver;

    /// <summary>Held while somebody decides, until the decision is committed.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>True once it is approved or its run ends. Changed by the holder of <see cref="Turn"/> only.</summary>
    public bool IsOver => _isOver;

    /// <summary>Completes with the run's state once <c>run.queued</c> is committed. Never completes if the run ends before.</summary>
    public Task<RunState> Approved => _approved.Task;

    public void Approve(RunState queued)
    {
        _isOver = true;
        _approved.TrySetResult(queued);
    }

    /// <summary>
    /// Ends the wait of a run that was stopped. Returns the run's state if a host approved it at that moment; otherwise nobody will.
    /// </summary>
    public async Task<RunState?> CloseAsync()
    {
        await Turn.WaitAsync();
        try
        {
            if (_approved.Task.IsCompletedSuccessfully)
                return await _approved.Task;

            _isOver = true;
            return null;
        }
        finally
        {
            Turn.Release();
        }
    }

    public void Dispose() => Turn.Dispose();
}
