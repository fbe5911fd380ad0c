using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Appends one run's events to its room's log as they come. Owns the run's state and the digest of its text. Used by one loop.
/// Next: <see cref="RoomLog"/> for the room, <see cref="RunRelay"/> for a caller at the door.
/// </summary>
internal sealed class RoomOutput(ActiveRun run, RunState state, RunRegistry registry, RunBudgets budgets, TimeProvider time)
    : IRunOutput, IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    public async Task MoveAsync(int position)
    {
        // The first place is usually the one in run.queued.
        if (state.ToRun().Position == position)
            return;

        var moved = Create(EventTypes.RunMoved, new RunMovedPayload(position));
        await run.Log.ContinueAsync(run.Generation, [moved], Durability.Process, run.Stopped);
        state.Apply(moved.ToRoomEvent(0));
    }

    public async Task StartAsync(RunHistory? history)
    {
        var started = Create(EventTypes.RunStarted, new RunStartedPayload { History = history });
        var running = new RunState(state.ToRun());
        running.Apply(started.ToRoomEvent(0));
        var saved = new RunChange.Save(running.ToRun(), run.Identity.Key);
        await run.Log.ContinueAsync(run.Generation, [started], Durability.Process, run.Stopped, saved);
        state.Apply(started.ToRoomEvent(0));
    }

    public async Task WaitAsync(RunWaitingPayload waiting)
    {
        var pending = Create(EventTypes.RunWaiting, waiting);
        var queued = new RunState(state.ToRun());
        queued.Apply(pending.ToRoomEvent(0));
        var saved = new RunChange.Save(queued.ToRun(), run.Identity.Key);
        await run.Log.ContinueAsync(run.Generation, [pending], Durability.Process, run.Stopped, saved);
        state.Apply(pending.ToRoomEvent(0));
    }

    public void Begin(UpstreamResponse response) => run.Relay?.Begin(response);

    public void Refuse(UpstreamException refusal) => run.Relay?.Refuse(refusal);

    public void Relay(SseFrame raw) => run.Relay?.Add(raw, run.LastAppend);

    public async Task AppendAsync(UpstreamEvent upstreamEvent, SseFrame? raw)
    {
        var pending = PendingEvent.OfRunJson(time.GetUtcNow(), upstreamEvent.Type, run.Identity, null, upstreamEvent.Data);
        // Invariant: the state holds exactly the accepted events, even if a stop comes while the queue is full.
        var commit = await run.Log.ContinueAsync(run.Generation, [pending], Durability.Process, run.Stopped);
        state.Apply(pending.ToRoomEvent(0));
        if (upstreamEvent.Text is { } text)
            AddToDigest(text);

        run.LastAppend = commit.Committed;
        run.Trace?.Append(upstreamEvent.Type, commit.Committed);
        if (raw is not null)
            run.Relay?.Add(raw, commit.Committed);
    }

    public async Task EndAsync(RunEnding ending, SseFrame? raw, bool hasSpent, params IReadOnlyList<RoomChange> changes)
    {
        // The state's text is copied here, and this may be the thread of all sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (raw is not null)
            run.Relay?.AddEnding(raw);

        var pending = Describe(ending);
        state.Apply(pending.ToRoomEvent(0));
        // No token: the ending is written however long the disk takes.
        var commit = await budgets.EndAsync(
            run.Log, run.Generation, pending, state.ToRun(), run.Identity.Key, hasSpent, CancellationToken.None, changes);
        // The place is freed first, so that a client that sees the ending can start the next run.
        registry.Finished(run);
        await commit.Committed;
        run.Relay?.End(pending);
    }

    public void Dispose() => _digest.Dispose();

    private PendingEvent Describe(RunEnding ending) => ending switch
    {
        { Type: EventTypes.Done } =>
            Create(EventTypes.Done, new DonePayload(_bytes, Convert.ToHexStringLower(_digest.GetHashAndReset()))),
        { Error: { } error } => Create(ending.Type, error),
        _ => Create(ending.Type, new RunReasonPayload(ending.Reason), ending.By),
    };

    private void AddToDigest(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _bytes += bytes.Length;
        _digest.AppendData(bytes);
    }

    private PendingEvent Create<T>(string type, T data, string? by = null) =>
        PendingEvent.OfRun(time.GetUtcNow(), type, run.Identity, by, data);
}
