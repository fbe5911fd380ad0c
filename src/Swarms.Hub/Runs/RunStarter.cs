using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Starts runs: validate, admit or propose (limits, queue, idempotency), record, launch. Safe from any thread. When it returns, the run is
/// in the room's log and continues without the caller. Next: <see cref="RunLauncher"/>.
/// </summary>
internal sealed class RunStarter(
    IRoomDirectory rooms, IRoomStore store, ICommitQueue queue, RunAdmission admission, RunLauncher launcher, IdempotencyGate turns,
    IdGenerator ids, IAgentRequests agents, RunThreads threads)
{
    public Task<Run> StartAsync(RoomCaller caller, StartRunRequest? startRun, CancellationToken cancellationToken)
    {
        if (startRun is null)
            throw new HubErrorException(ErrorCodes.Invalid, "startRun must be an object with a request.");

        var hasRequest = startRun.Request.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        var thread = ThreadStart.Read(startRun.Continues, startRun.Supersedes, startRun.Include);
        if (AgentStart.Read(startRun.Agent, startRun.Task, startRun.Kind, hasRequest, startRun.IdempotencyKey, thread) is { } start)
            return StartAsync(caller, start, cancellationToken);

        if (!hasRequest)
            throw RequestMissing();

        var request = RunRequest.Parse(startRun.Kind, JsonMarshal.GetRawUtf8Value(startRun.Request).ToArray(), isStreamed: true);
        return StartAsync(caller, request with { Thread = thread }, startRun.IdempotencyKey, null, cancellationToken);
    }

    public static HubErrorException RequestMissing() =>
        new(ErrorCodes.Invalid, "request must be the JSON object that the Swarms API takes. An agent of the room takes agent and task.");

    /// <summary>Starts a run of one of the room's agents.</summary>
    public async Task<Run> StartAsync(RoomCaller caller, AgentStart start, CancellationToken cancellationToken)
    {
        // A repeated start finds its run even if the agent was removed meanwhile.
        if (start.IdempotencyKey is { } key && await FindStartedAsync(caller, start.Hash(), key, cancellationToken) is { } started)
            return started;

        var filled = await threads.FillAsync(caller.RoomId, start, cancellationToken);
        var request = await agents.ComposeAsync(caller.RoomId, filled, cancellationToken);
        return await StartAsync(caller, request, start.IdempotencyKey, null, cancellationToken);
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

        using var turn = idempotencyKey is null ? null : await turns.TakeAsync(caller.Member.Id, idempotencyKey, cancellationToken);
        if (idempotencyKey is not null && await FindStartedAsync(caller, request.Hash(), idempotencyKey, cancellationToken) is { } started)
            return started;

        var id = ids.Next();
        using var place = await threads.PlaceAsync(caller.RoomId, id, request, cancellationToken);
        var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var settings = lease.Log.Query(state => state.Room.Settings) ?? RoomSettings.Initial;
        var proposal = RoomRules.MustPropose(settings, caller.Member.Role, caller.Member.Unmoderated) ? new Proposal() : null;
        relay?.Take();
        var run = new ActiveRun(id, caller.Member.Id, request, lease, relay, proposal) { Thread = place.Thread };
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
        IReadOnlyList<RoomChange> changes = idempotencyKey is null
            ? []
            : [new RunChange.BindKey(run.Id, run.By, idempotencyKey, run.Request.Hash())];
        var state = run.IsProposed
            ? await admission.ProposeAsync(run, cancellationToken, changes)
            : await admission.QueueAsync(run, cancellationToken, changes);
        var recorded = state.ToRun();
        launcher.Launch(run, state);
        return recorded;
    }

    private async Task<Run?> FindStartedAsync(RoomCaller caller, byte[] asked, string key, CancellationToken cancellationToken)
    {
        if (await store.FindRunKeyAsync(caller.Member.Id, key, cancellationToken) is not var (runId, hash))
            return null;

        if (hash.Length == 0)
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "The run of this idempotency key was removed. Use a new key for a new run.");
        }

        if (!CryptographicOperations.FixedTimeEquals(hash, asked))
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "This idempotency key was used for another request. Use a new key for a new run.");
        }

        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return lease.Log.Query(state => state.FindRun(runId)?.ToRun()) ?? await store.FindRunAsync(caller.RoomId, runId, cancellationToken);
    }
}
