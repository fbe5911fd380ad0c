using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>Reads one run with its text, from the room or, if the room no longer has it, from the store.</summary>
internal sealed class RunReader(IRoomStore store)
{
    public async Task<Run> GetAsync(RoomLog log, string? runId, CancellationToken cancellationToken)
    {
        if (log.Query(state => state.FindRun(runId)?.ToRun()) is { Text: not null } live)
            return live;

        return (runId is null ? null : await store.FindRunAsync(log.Id, runId, cancellationToken))
            ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such run in this room.");
    }
}
