using System.Diagnostics;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Starts one loop for each run, independent of the request that started it, and cleans up after its ending. Safe from any thread.
/// Next: <see cref="RunPump"/>.
/// </summary>
internal sealed partial class RunLauncher(
    RunRegistry registry, RunOutputs outputs, ThreadHistories histories, IUpstream upstream, IOptions<RunOptions> options,
    HubMetrics metrics, TimeProvider time, ILogger<RunPump> logger)
{
    public void Launch(ActiveRun run, RunState state)
    {
        run.Trace = new RunTrace(run, Activity.Current?.Context ?? default, time);
        // The run outlives its request, so the request's logging scope and its current span must not flow into it.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(() => RunAsync(run, state));
    }

    /// <summary>Removes a run that is over, or that was admitted and never recorded.</summary>
    public void Forget(ActiveRun run)
    {
        registry.Remove(run);
        run.End();
        run.Dispose();
    }

    // Never fails: the pump writes every ending itself, and only cleanup is left.
    private async Task RunAsync(ActiveRun run, RunState state)
    {
        run.Trace?.Enter();
        try
        {
            await new RunPump(run, state, registry, outputs, histories, upstream, options.Value, metrics, time, logger).RunAsync();
        }
        catch (LogClosedException)
        {
            // The hub stopped while the disk failed. The next start writes the ending.
        }
        catch (HubErrorException e)
        {
            // The room was deleted or reloaded during the run. After a reload RunRecovery writes the ending.
            run.Relay?.Fail(e);
        }
        catch (Exception e)
        {
            Log.EndingNotStored(logger, run.Id, e);
        }
        finally
        {
            // A run that lost its room has not closed its lane.
            if (run.Lane is { } lane)
                await lane.CloseAsync(new RunEnding(EventTypes.Interrupted) { Reason = RunReasons.StorageChanged });

            Forget(run);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            101, LogLevel.Error, "The ending of run {Run} could not be stored. The next start of the hub ends it as interrupted.")]
        public static partial void EndingNotStored(ILogger logger, string run, Exception exception);
    }
}
