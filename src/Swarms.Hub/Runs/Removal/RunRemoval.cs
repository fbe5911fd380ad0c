using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Hides, shows and removes runs that have ended, for hosts. Safe from any thread. An open run is refused with <c>conflict</c>: it is
/// cancelled first, so that its ending is written by its own loop.
/// </summary>
internal sealed class RunRemoval(IRoomDirectory rooms, RunReader reader, TimeProvider time)
{
    public Task HideAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken) =>
        AppendAsync(caller, runId, EventTypes.RunHidden, run => new RunHiddenPayload(run.Id), cancellationToken);

    public Task ShowAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken) =>
        AppendAsync(caller, runId, EventTypes.RunShown, run => new RunHiddenPayload(run.Id), cancellationToken);

    /// <summary>Removes the run: its task, its text and all data of its events are erased.</summary>
    public Task RemoveAsync(RoomCaller caller, string? runId, CancellationToken cancellationToken) =>
        AppendAsync(
            caller, runId, EventTypes.RunRemoved,
            run => new RunRemovedPayload(run.Id, run.Kind, run.Text?.Length ?? 0, run.Usage), cancellationToken);

    private async Task AppendAsync<T>(
        RoomCaller caller, string? runId, string type, Func<Run, T> describe, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await reader.GetAsync(lease.Log, runId, cancellationToken);
        if (!RunStates.HasEnded(run.State))
            throw new HubErrorException(ErrorCodes.Conflict, "The run has not ended: cancel it first.");

        try
        {
            await rooms.AppendAsync(
                caller.RoomId,
                [PendingEvent.Create(time.GetUtcNow(), type, caller.Member.Id, describe(run))],
                cancellationToken,
                new RunChange.Moderate(run.Id, caller.Member.Id));
        }
        catch (HubErrorException e) when (e.ChangesNothing)
        {
            // The run is as it should be.
        }
    }
}
