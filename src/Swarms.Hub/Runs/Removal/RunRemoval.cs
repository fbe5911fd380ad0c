using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Hides, shows and removes runs that have ended, for hosts. Safe from any thread. An open run is refused with <c>conflict</c>: it is
/// cancelled first, so that its ending is written by its own loop.
/// </summary>
internal sealed class RunRemoval(IRoomDirectory rooms, RunReader reader, GroupDesk groups, TimeProvider time)
{
    // Each try loses against another removal in the same group.
    private const int MaxTries = 10;

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
        for (var tries = 1; ; tries++)
        {
            var run = await reader.GetAsync(lease.Log, runId, cancellationToken);
            if (!RunStates.HasEnded(run.State))
                throw new HubErrorException(ErrorCodes.Conflict, "The run has not ended: cancel it first.");

            // What a blind group revealed of the run goes with it.
            var revised = type == EventTypes.RunRemoved && run is { Group: { } place, RemovedAt: null }
                ? await groups.ReviseAsync(lease.Log, caller, place, run.Id, cancellationToken)
                : null;
            var moderated = PendingEvent.Create(time.GetUtcNow(), type, caller.Member.Id, describe(run));
            var moderate = new RunChange.Moderate(run.Id, caller.Member.Id);
            try
            {
                await (revised is var (again, revise)
                    ? lease.Log.AppendNowAsync([moderated, again], cancellationToken, moderate, revise)
                    : lease.Log.AppendNowAsync([moderated], cancellationToken, moderate));
                return;
            }
            catch (HubErrorException e) when (e.ChangesNothing)
            {
                // The run is as it should be, unless its group was revealed at this moment.
                if (type != EventTypes.RunRemoved || run.RemovedAt is not null)
                    return;

                if (tries == MaxTries)
                    throw;
            }
        }
    }
}
