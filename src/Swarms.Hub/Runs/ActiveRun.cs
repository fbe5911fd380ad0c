using System.Threading.Channels;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// A run that has not ended: what the registry, its pump and whoever cancels it share. Its turn and its stop are signals that may
/// be given from any thread, each once.
/// </summary>
internal sealed class ActiveRun(string id, string by, RunRequest request, RoomLease lease, RunRelay? relay) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<int> _moves = Channel.CreateBounded<int>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunStop? _reason;

    public string Id => Identity.Id;

    /// <summary>With the key of its events' data.</summary>
    public RunIdentity Identity { get; } = new(id, DataKey.Create());

    /// <summary>The log's generation that its events continue.</summary>
    public int Generation { get; } = lease.Log.Generation;

    /// <summary>The member who started it.</summary>
    public string By { get; } = by;

    public RunRequest Request { get; private set; } = request;

    public RoomLog Log => lease.Log;

    /// <summary>The door's caller who waits for the upstream's own frames; null for everybody else's runs.</summary>
    public RunRelay? Relay { get; } = relay;

    /// <summary>Its place in the room's queue; 0 where it need not wait. The registry's to change.</summary>
    public int Position { get; private set; }

    /// <summary>The last append of its loop: what a relayed frame without an event of its own follows.</summary>
    public Task LastAppend { get; set; } = Task.CompletedTask;

    /// <summary>
    /// Its newest place in the queue, for its own loop alone to tell the room: so no move is told after the start or the ending.
    /// Completes when a place among the parallel runs is its own.
    /// </summary>
    public ChannelReader<int> Moves => _moves.Reader;

    /// <summary>Completes when its ending is durable and visible.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Cancelled when the run has to stop; <see cref="Reason"/> says why.</summary>
    public CancellationToken Stopped => _stop.Token;

    public RunStop? Reason => Volatile.Read(ref _reason);

    public void MoveTo(int position)
    {
        Position = position;
        _moves.Writer.TryWrite(position);
    }

    /// <summary>The request was sent, or will not be: nobody needs its body any more. The registry's to call.</summary>
    public void DropBody() => Request = Request with { Body = default };

    public void GiveTurn() => _moves.Writer.TryComplete();

    /// <summary>Stops the run; the first reason counts.</summary>
    public void Stop(RunStop reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _stop.Cancel();
    }

    public void End() => _ended.TrySetResult();

    public void Dispose()
    {
        lease.Dispose();
        Relay?.Dispose();
    }
}
