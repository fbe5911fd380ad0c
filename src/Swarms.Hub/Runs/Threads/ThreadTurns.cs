using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Reads the turns of threads from the room, or from the store where the room has dropped their texts. Safe from any thread.
/// </summary>
internal sealed class ThreadTurns(RunReader reader, IncludedMessages messages) : IDisposable
{
    // A run's text may have 16 MiB, and it is measured before it is left out. More readers would need more memory and no less time.
    private readonly SemaphoreSlim _reading = new(2);

    public void Dispose() => _reading.Dispose();

    /// <summary>
    /// Returns the turn, with its texts if they have at most <paramref name="maxBytes"/> together; null if the room has no such run.
    /// </summary>
    public async Task<ThreadTurn?> FindAsync(RoomLog log, string runId, long maxBytes, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var run = await reader.GetAsync(log, runId, cancellationToken);
            var task = run is { Message: { } message, Task: "" }
                ? (await messages.FindAsync(log, message, cancellationToken))?.Text
                : run.Task;
            task = string.IsNullOrEmpty(task) ? null : task;
            var text = string.IsNullOrEmpty(run.Text) ? null : run.Text;
            var bytes = (long)Encoding.UTF8.GetByteCount(task ?? "") + Encoding.UTF8.GetByteCount(text ?? "");
            var isKept = bytes <= maxBytes;
            run = run with { Text = null, Parts = null };
            return new ThreadTurn(run, isKept ? task : null, isKept ? text : null, bytes);
        }
        catch (HubErrorException e) when (e.Code == ErrorCodes.NotFound)
        {
            return null;
        }
        finally
        {
            _reading.Release();
        }
    }
}
