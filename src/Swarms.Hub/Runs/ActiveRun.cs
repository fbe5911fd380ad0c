using System.Threading.Channels;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// A run that has not ended, shared by the registry, its pump and its cancellers. Any thread may give it its turn and stop it; each counts
/// once.
/// </summary>
internal sealed class ActiveRun(
    RunIdentity identity, string by, RunRequest request, RoomLease lease, RunRelay? relay, Proposal? proposal = null) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile Channel<int> _moves = CreateMoves();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunStop? _reason;

    /// <summary>Creates a new run, with a key of its own for its events' data.</summary>
    public ActiveRun(string id, string by, RunRequest request, RoomLease lease, RunRelay? relay, Proposal? proposal = null)
        : this(new RunIdentity(id, DataKey.Create()), by, request, lease, relay, proposal)
    {
    }

    public string Id => Identity.Id;

    /// <summary>The run's id, with the key of its events' data.</summary>
    public RunIdentity Identity { get; } = identity;

    /// <summary>The generation of the log that its events continue.</summary>
    public int Generation { get; } = lease.Log.Generation;

    /// <summary>The member who started it.</summary>
    public string By { get; } = by;

    public RunRequest Request { get; private set; } = request;

    public RoomLog Log => lease.Log;

    /// <summary>The group that it was started with; null without one.</summary>
    public RunRace? Race { get; init; }

    /// <summary>Its kind and agent as a log shows them. Of a blind group nothing that tells its runs apart comes into one.</summary>
    public (string Kind, RunAgent Agent) Shown =>
        Race is { IsBlind: true } ? (RunKinds.Agent, new RunAgent(null, null)) : (Request.Kind, Request.Agent);

    /// <summary>The wait for a host, also once it is over; null for a run that was queued at once.</summary>
    public Proposal? Proposal { get; } = proposal;

    /// <summary>True while the run waits for a host.</summary>
    public bool IsProposed => Proposal is { IsOver: false };

    /// <summary>The relay to a door's caller who waits for the upstream's own frames; null for all other runs.</summary>
    public RunRelay? Relay { get; } = relay;

    /// <summary>Its place in the room's queue; 0 if it need not wait. Only <see cref="RunQueue"/> changes it.</summary>
    public int Position { get; private set; }

    /// <summary>Its place in its thread; null without one.</summary>
    public RunThread? Thread { get; init; }

    /// <summary>The part of a budget that it holds; null without a budget. Only <see cref="BudgetGate"/> changes it.</summary>
    public RunReservation? Reserved { get; set; }

    /// <summary>The runs beside which it may not run. Only <see cref="BudgetGate"/> changes it.</summary>
    public RunSolitude Solitude { get; set; }

    /// <summary>The lane in which its text is held; null where the room gets it at once. Only its admission changes it.</summary>
    public LaneLog? Lane { get; set; }

    /// <summary>The output that holds its text, for hosts; null before its turn, and where nothing is held.</summary>
    public HeldOutput? Held { get; set; }

    /// <summary>The last append of its loop. A relayed frame without its own event waits for it.</summary>
    public Task LastAppend { get; set; } = Task.CompletedTask;

    /// <summary>
    /// The newest place in the queue, which only the run's own loop tells to the room. So no move follows the start or the ending.
    /// Completes when the run has its turn.
    /// </summary>
    public ChannelReader<int> Moves => _moves.Reader;

    /// <summary>Completes when its ending is durable and visible.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Cancelled when the run has to stop; <see cref="Reason"/> says why.</summary>
    public CancellationToken Stopped => _stop.Token;

    public RunStop? Reason => Volatile.Read(ref _reason);

    /// <summary>Its spans. Its launcher sets it, before its loop begins.</summary>
    public RunTrace? Trace { get; set; }

    public void MoveTo(int position)
    {
        Position = position;
        _moves.Writer.TryWrite(position);
    }

    /// <summary>Drops the body of a request that was sent or never will be. Only <see cref="HeldRequests"/> calls it.</summary>
    public void DropBody() => Request = Request with { Body = default, Reservation = null, Secrets = [], Origin = null };

    /// <summary>Replaces the request of a proposal by the one that a host approves.</summary>
    public void Replace(RunRequest approved) => Request = approved;

    /// <summary>
    /// Takes back what the queue gave a proposal whose approval was not stored. Its loop waits for the approval meanwhile.
    /// </summary>
    public void TakeTurnBack()
    {
        Position = 0;
        _moves = CreateMoves();
    }

    public void GiveTurn() => _moves.Writer.TryComplete();

    /// <summary>Stops the run; the first reason counts.</summary>
    public void Stop(RunStop reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            // The callbacks run elsewhere, because the caller may be the writer's loop.
            _ = _stop.CancelAsync();
        }
    }

    public void End() => _ended.TrySetResult();

    public void Dispose()
    {
        lease.Dispose();
        Relay?.Dispose();
        Proposal?.Dispose();
        Lane?.Dispose();
    }

    private static Channel<int> CreateMoves() => Channel.CreateBounded<int>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
}
