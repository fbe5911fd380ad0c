using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Cancels runs, at any stage and from any connection. Safe from any thread.</summary>
internal sealed class RunCancellation(IRoomDirectory rooms, RunRegistry registry, RunReader reader) 
{
    // An upstream is let go within milliseconds; this is for a disk that does not take the ending.
    private static readonly TimeSpan EndingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The run as it stands when its ending is committed. One that has ended already is returned as it is.</summary>
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

        // Again, also where it was not found: it ended in between.
        return await reader.GetAsync(lease.Log, runId, cancellationToken);
    }

    public async Task CancelAllAsync(string roomId, CancellationToken cancellationToken)
    {
        var runs = registry.All(roomId);
        foreach (var run in runs)
            run.Stop(new RunStop(EventTypes.Cancelled, RunReasons.RoomDeleted, null));

        await Task.WhenAll(runs.Select(run => run.Ended)).WaitAsync(EndingTimeout, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
