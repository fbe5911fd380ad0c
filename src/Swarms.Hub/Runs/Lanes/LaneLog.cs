using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Writes one run's lane: everything of the upstream, and what hosts decide. Owns the digest of the whole text. Used by one thread at
/// a time, under the turn of <see cref="HeldOutput"/>. Next: <see cref="RoomLog"/>.
/// </summary>
/// <param name="lease">The lane's own log.</param>
/// <param name="identity">The lane's own run, with the key of its data.</param>
/// <param name="hold">The hold, as the room's run shows it.</param>
/// <param name="rules">The room's setting when the run was queued.</param>
/// <param name="room">The log of the room, whose bytes the lane counts to.</param>
/// <param name="time">The clock.</param>
internal sealed class LaneLog(
    RoomLease lease, RunIdentity identity, RunHold hold, HoldBack rules, RoomLog room, TimeProvider time) : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly int _generation = lease.Log.Generation;
    private Task _lastAppend = Task.CompletedTask;
    private long _bytes;
    private long _stored;
    private bool _hasEnded;
    private int _isClosed;

    public RunHold Hold => hold;

    public HoldBack Rules => rules;

    /// <summary>Says that the upstream is being called.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = Create(EventTypes.RunStarted, new RunStartedPayload());
        await AppendAsync([started], Durability.Process, cancellationToken, Save(started));
    }

    /// <summary>
    /// Appends an event of the upstream, and with it the mask that its beginning continues. Returns when the queue has taken it; the
    /// result completes when hosts see it.
    /// </summary>
    public async Task<Task> AppendAsync(UpstreamEvent upstreamEvent, TextRange? grown, CancellationToken cancellationToken)
    {
        var pending = PendingEvent.OfRunJson(time.GetUtcNow(), upstreamEvent.Type, identity, null, upstreamEvent.Data);
        PendingEvent[] events = grown is null ? [pending] : [pending, Masked(grown, by: null)];
        IReadOnlyList<RoomChange> changes = grown is null ? [] : [new LaneChange.Decide(By: null)];
        var committed = await AppendAsync(events, Durability.Process, cancellationToken, changes);
        if (upstreamEvent.Text is { } text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            _bytes += bytes.Length;
            _digest.AppendData(bytes);
        }

        return committed;
    }

    /// <summary>Stores a host's mask. Refuses where the member is no host any more.</summary>
    public Task MaskAsync(TextRange range, string by, CancellationToken cancellationToken) =>
        DecideAsync(Masked(range, by), by, cancellationToken);

    /// <summary>Stores a host's release. Refuses where the member is no host any more.</summary>
    public Task ReleaseAsync(int to, string by, CancellationToken cancellationToken) => DecideAsync(
        PendingEvent.Create(time.GetUtcNow(), EventTypes.LaneReleased, by, new LaneReleasedPayload(to)), by, cancellationToken);

    /// <summary>Appends the ending of the lane's run. Returns when the queue has taken it.</summary>
    public async Task<Task> EndAsync(RunEnding ending, CancellationToken cancellationToken)
    {
        // The state of the log has every mask once all appends are visible.
        await _lastAppend.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        var pending = ending switch
        {
            { Type: EventTypes.Done } =>
                Create(EventTypes.Done, new DonePayload(_bytes, Convert.ToHexStringLower(_digest.GetCurrentHash()))),
            { Error: { } error } => Create(ending.Type, error),
            _ => Create(ending.Type, new RunReasonPayload(ending.Reason), ending.By),
        };
        var committed = await AppendAsync([pending], Durability.Power, cancellationToken, Save(pending));
        _hasEnded = true;
        return committed;
    }

    /// <summary>
    /// Erases the lane, or, where it is kept, ends its run unless that has ended. The first call counts. Never fails: the next start does
    /// what could not be stored now.
    /// </summary>
    public Task CloseAsync(RunEnding ending) => CloseAsync(ending, rules.KeepLane);

    /// <summary>Erases the lane of a run that was not queued. Never fails.</summary>
    public Task DropAsync() => CloseAsync(RunEnding.Done, isKept: false);

    private async Task CloseAsync(RunEnding ending, bool isKept)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;

        try
        {
            if (!isKept)
                await EraseAsync();
            else if (!_hasEnded)
                await EndAsync(ending, CancellationToken.None);
        }
        catch (Exception e) when (e is HubErrorException or LogClosedException)
        {
            // The room was deleted, or the lane loaded anew; or the hub stops.
        }
    }

    public void Dispose()
    {
        _digest.Dispose();
        lease.Dispose();
    }

    private async Task EraseAsync()
    {
        await lease.Log.ContinueAsync(
            _generation, [], Durability.Power, CancellationToken.None, new RoomChange.DeleteRoom(time.GetUtcNow()));
        room.CountLane(-_stored);
    }

    private async Task DecideAsync(PendingEvent pending, string by, CancellationToken cancellationToken)
    {
        await lease.Log.ContinueNowAsync(_generation, [pending], cancellationToken, new LaneChange.Decide(by));
        Count([pending]);
    }

    private async Task<Task> AppendAsync(
        IReadOnlyList<PendingEvent> events, Durability durability, CancellationToken cancellationToken,
        params IReadOnlyList<RoomChange> changes)
    {
        var commit = await lease.Log.ContinueAsync(_generation, events, durability, cancellationToken, changes);
        Count(events);
        return _lastAppend = commit.Committed;
    }

    private void Count(IReadOnlyList<PendingEvent> events)
    {
        var bytes = events.Sum(pending => (long)pending.Weight);
        _stored += bytes;
        room.CountLane(bytes);
    }

    private RunChange.Save Save(PendingEvent pending)
    {
        var state = new RunState(lease.Log.Query(lane => lane.FindRun(identity.Id)!.ToRun()));
        state.Apply(pending.ToRoomEvent(0));
        return new RunChange.Save(state.ToRun(), identity.Key);
    }

    private PendingEvent Masked(TextRange range, string? by) =>
        PendingEvent.Create(time.GetUtcNow(), EventTypes.LaneMasked, by, new LaneMaskedPayload(range.Start, range.End));

    private PendingEvent Create<T>(string type, T data, string? by = null) =>
        PendingEvent.OfRun(time.GetUtcNow(), type, identity, by, data);
}
