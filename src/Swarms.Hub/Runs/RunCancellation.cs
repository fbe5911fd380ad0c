using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Cancels runs, at any stage and from any connection. Safe from any thread.</summary>
internal sealed class RunCancellation(IRoomDirectory rooms, RunRegistry registry, RunReader reader)
{
    // Stopping an upstream takes milliseconds. The timeout is for a disk that does not take the ending.
    private static readonly TimeSpan EndingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Cancels the run and returns it once its ending is committed. Returns a run that has ended before as it is.</summary>
    public async Task<Run> CancelAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await reader.GetAsync(lease.Log, runId, cancellationToken);
        if (!caller.IsHost && run.By != caller.Member.Id)
            throw new HubErrorException(ErrorCodes.Forbidden, "Only a host cancels other people's runs.");

        if (RunStates.HasEnded(run.State))
            return run;

        if (registry.Find(run.Id) is { } active)
        {
            active.Stop(RunStop.Requested(caller.Member.Id));
            await active.Ended.WaitAsync(EndingTimeout, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // The run is read again even if the registry no longer has it, because it has ended meanwhile.
        return await reader.GetAsync(lease.Log, runId, cancellationToken);
    }

    public async Task CancelAllAsync(string roomId, CancellationToken cancellationToken)
    {
        var runs = registry.All(roomId);
        foreach (var run in runs)
            run.Stop(new RunStop(EventTypes.Cancelled, RunReasons.RoomDeleted, null));

        await Task.WhenAll(runs.Select(run => run.Ended))
            .WaitAsync(EndingTimeout, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
