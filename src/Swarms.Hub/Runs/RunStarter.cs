using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Starts runs: validate, admit (limits, queue, idempotency), record, launch. Safe from any thread. When it returns, the run is in the
/// room's log and continues without the caller. Next: <see cref="RunLauncher"/>.
/// </summary>
internal sealed class RunStarter(
    IRoomDirectory rooms, IRoomStore store, ICommitQueue queue, RunRegistry registry, RunLauncher launcher, IdempotencyGate turns,
    CallRates rates, IdGenerator ids, TimeProvider time)
{
    private readonly Lock _order = new();

    public Task<Run> StartAsync(RoomCaller caller, StartRunRequest? startRun, CancellationToken cancellationToken)
    {
        if (startRun is null)
            throw new HubErrorException(ErrorCodes.Invalid, "startRun must be an object with a request.");

        if (startRun.Request.ValueKind == JsonValueKind.Undefined)
            throw new HubErrorException(ErrorCodes.Invalid, "request must be the JSON object that the Swarms API takes.");

        var request = RunRequest.Parse(startRun.Kind, JsonMarshal.GetRawUtf8Value(startRun.Request).ToArray(), isStreamed: true);
        return StartAsync(caller, request, startRun.IdempotencyKey, null, cancellationToken);
    }

    /// <summary>Starts a run for a caller that also wants the upstream's own frames. The run disposes the relay when it ends.</summary>
    public async Task<Run> StartAsync(
        RoomCaller caller, RunRequest request, string? idempotencyKey, RunRelay? relay, CancellationToken cancellationToken)
    {
        if (idempotencyKey is { Length: 0 or > 200 })
            throw new HubErrorException(ErrorCodes.Invalid, "idempotencyKey must have 1 to 200 characters.");

        if (queue.FailingSince is not null)
        {
            throw new HubErrorException(
                ErrorCodes.StorageUnavailable,
                "The hub's storage does not take writes at the moment. Nothing was started; try again shortly.",
                TimeSpan.FromSeconds(5));
        }

        rates.CountText(caller.Member.Id, Encoding.UTF8.GetByteCount(request.Task));
        using var turn = idempotencyKey is null ? null : await turns.TakeAsync(caller.Member.Id, idempotencyKey, cancellationToken);
        if (idempotencyKey is not null && await FindStartedAsync(caller, request, idempotencyKey, cancellationToken) is { } started)
            return started;

        var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        relay?.Take();
        var run = new ActiveRun(ids.Next(), caller.Member.Id, request, lease, relay);
        try
        {
            return await RecordAsync(run, idempotencyKey, cancellationToken);
        }
        catch
        {
            launcher.Forget(run);
            throw;
        }
    }

    private async Task<Run> RecordAsync(ActiveRun run, string? idempotencyKey, CancellationToken cancellationToken)
    {
        RunState state;
        Run recorded;
        Task recording;
        // The writer keeps the order in which it gets commits. Under this lock the run queue therefore has the order of the log.
        lock (_order)
        {
            registry.Admit(run);
            RunAccess.Require(run);
            var queued = Describe(run, time.GetUtcNow());
            state = RunState.FromQueued(queued.ToRoomEvent(0));
            recorded = state.ToRun();
            var changes = new List<RoomChange> { new RunChange.Save(recorded, run.Identity.Key) };
            if (idempotencyKey is not null)
                changes.Add(new RunChange.BindKey(run.Id, run.By, idempotencyKey, run.Request.Hash()));

            recording = run.Log.ContinueNowAsync(run.Generation, [queued], cancellationToken, changes);
        }

        await recording;
        launcher.Launch(run, state);
        return recorded;
    }

    private static PendingEvent Describe(ActiveRun run, DateTimeOffset now)
    {
        var request = run.Request;
        return PendingEvent.OfRun(now, EventTypes.RunQueued, run.Identity, run.By, new RunQueuedPayload(
            request.Kind, request.Agent, request.Task, request.TaskLength, run.Position));
    }

    private async Task<Run?> FindStartedAsync(RoomCaller caller, RunRequest request, string key, CancellationToken cancellationToken)
    {
        if (await store.FindRunKeyAsync(caller.Member.Id, key, cancellationToken) is not var (runId, hash))
            return null;

        if (hash.Length == 0)
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "The run of this idempotency key was removed. Use a new key for a new run.");
        }

        if (!CryptographicOperations.FixedTimeEquals(hash, request.Hash()))
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "This idempotency key was used for another request. Use a new key for a new run.");
        }

        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return lease.Log.Query(state => state.FindRun(runId)?.ToRun()) ?? await store.FindRunAsync(caller.RoomId, runId, cancellationToken);
    }
}
