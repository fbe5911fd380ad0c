using System.Runtime.CompilerServices;
using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Delivery;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Gateway;

/// <summary>
/// Reads a run for a door's caller: what there is already, then each event as it is committed. A caller that is told where the run began
/// gets every event of it. Used by the loop of the caller's request. Next: <see cref="ViewerSession"/> for the live events.
/// </summary>
internal sealed class JoinedRun(IRoomDirectory rooms, RunReader runs, ViewerSessions viewers)
{
    /// <summary>Reads the pieces, an ending last. Throws a <see cref="HubErrorException"/> when the caller loses access.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="runId">The run.</param>
    /// <param name="from">A sequence before the run's first event; null to begin with the run as it is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<RunPiece> ReadAsync(
        RoomCaller caller, string runId, long? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var (run, cursor) = await FindAsync(lease.Log, caller, runId, cancellationToken);
        var start = from is null ? ViewerStart.At(cursor) : new ViewerStart(null, from);
        if (from is null)
        {
            yield return new RunPiece(run, null);

            if (RunStates.HasEnded(run.State))
                yield break;
        }

        await using var session = await viewers.FollowAsync(caller, start, cancellationToken);
        while (await MoveNextAsync(session))
        {
            var viewed = session.Frames.Current;
            if (viewed.Kind == FrameKinds.Snapshot)
            {
                (run, _) = await FindAsync(lease.Log, caller, runId, cancellationToken);
                yield return new RunPiece(run, null);

                if (RunStates.HasEnded(run.State))
                    yield break;
            }

            foreach (var committed in viewed.Batches.SelectMany(batch => batch.Events))
            {
                var roomEvent = JsonSerializer.Deserialize<RoomEvent>(committed.Json.Span, ProtocolJson.Options)!;
                if (roomEvent.Run != runId)
                    continue;

                yield return new RunPiece(null, roomEvent);

                if (EventTypes.IsEnding(roomEvent.Type))
                    yield break;
            }
        }
    }

    /// <summary>Returns the run as the caller may see it now.</summary>
    public async Task<Run> FindAsync(RoomCaller caller, string runId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return (await FindAsync(lease.Log, caller, runId, cancellationToken)).Run;
    }

    /// <summary>Waits until the run has ended, and returns it.</summary>
    public async Task<Run> WaitAsync(RoomCaller caller, string runId, CancellationToken cancellationToken)
    {
        await foreach (var _ in ReadAsync(caller, runId, from: null, cancellationToken))
        {
            // Only the ending counts.
        }

        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return lease.Log.ShowTo(caller.Member.Id, await runs.GetAsync(lease.Log, runId, cancellationToken));
    }

    // A run that has not ended is in the log's state with its text, and the cursor says after which event the live ones begin.
    private async Task<(Run Run, string Cursor)> FindAsync(
        RoomLog log, RoomCaller caller, string runId, CancellationToken cancellationToken)
    {
        var (found, cursor) = log.FindRun(runId, caller.Member.Id);
        var run = found?.Text is null ? await runs.GetAsync(log, runId, cancellationToken) : found;
        return run.RemovedAt is null
            ? (log.ShowTo(caller.Member.Id, run), cursor)
            : throw new HubErrorException(ErrorCodes.Conflict, "A host removed the run that this call started. A new run takes a new key.");
    }

    private static async Task<bool> MoveNextAsync(ViewerSession session)
    {
        try
        {
            return await session.Frames.MoveNextAsync();
        }
        catch (Exception e) when (session.Explain(e) is HubErrorException lost && lost != e)
        {
            throw lost;
        }
    }
}
