using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The runs that have not ended: which of them may call the upstream, which wait and in what order. Safe from any thread. A
/// room's runs start in the order of their <c>run.queued</c>; rooms share the hub's places by who has waited longest.
/// </summary>
internal sealed class RunRegistry(IOptions<RunOptions> options)
{
    // What a run that waits keeps beside its request: its task, its state and its place. So many small ones are bounded too.
    private const int RunBytes = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ActiveRun> _runs = [];
    private readonly List<ActiveRun> _waiting = [];
    private readonly HashSet<ActiveRun> _running = [];
    private readonly Dictionary<string, int> _runningInRoom = [];
    private long _heldBytes;
    private bool _isDraining;

    /// <summary>How many runs have not ended.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _runs.Count;
        }
    }

    public bool IsDraining => Volatile.Read(ref _isDraining);

    public ActiveRun? Find(string runId)
    {
        lock (_lock)
            return _runs.GetValueOrDefault(runId);
    }

    public IReadOnlyList<ActiveRun> All(string? roomId = null)
    {
        lock (_lock)
            return [.. _runs.Values.Where(run => roomId is null || run.Log.Id == roomId)];
    }

    /// <summary>
    /// Takes the run in and gives it its place: <see cref="ActiveRun.Position"/> 0 has its turn at once. Refuses with
    /// <c>queue_full</c> or <c>draining</c>.
    /// </summary>
    public void Admit(ActiveRun run)
    {
        lock (_lock)
        {
            if (_isDraining)
                throw new HubErrorException(ErrorCodes.Draining, "The hub is stopping and starts no more runs. Try again in a moment.", TimeSpan.FromSeconds(10));

            var bytes = HeldBytes(run);
            if (_heldBytes > 0 && _heldBytes + bytes > options.Value.MaxHeldBytes)
                throw new HubErrorException(ErrorCodes.QueueFull, "The requests that wait to be sent are too large together (Runs:MaxHeldBytes). Start it again when some have begun.", TimeSpan.FromSeconds(10));

            var waitingInRoom = _waiting.Count(other => other.Log == run.Log);
            if (waitingInRoom == 0 && HasPlace_NeedsLock(run))
            {
                Start_NeedsLock(run);
            }
            else if (waitingInRoom >= options.Value.MaxQueuedPerRoom)
            {
                throw new HubErrorException(ErrorCodes.QueueFull, $"No more than {options.Value.MaxQueuedPerRoom} runs can wait in this room. Start it again when one has ended.", TimeSpan.FromSeconds(10));
            }
            else
            {
                _waiting.Add(run);
                run.MoveTo(waitingInRoom + 1);
            }

            _runs.Add(run.Id, run);
            _heldBytes += bytes;
        }
    }

    /// <summary>The run's request was sent: what it took in memory is free.</summary>
    public void DropBody(ActiveRun run)
    {
        lock (_lock)
            DropBody_NeedsLock(run);
    }

    /// <summary>The run calls the upstream no more: its place goes to whoever has waited longest and may have it.</summary>
    public void FreePlace(ActiveRun run)
    {
        lock (_lock)
            FreePlace_NeedsLock(run);
    }

    /// <summary>The run is over.</summary>
    public void Remove(ActiveRun run)
    {
        lock (_lock)
        {
            if (!_runs.Remove(run.Id))
                return;

            DropBody_NeedsLock(run);
            FreePlace_NeedsLock(run);
        }
    }

    /// <summary>From now on nothing is admitted.</summary>
    public void Drain()
    {
        lock (_lock)
            _isDraining = true;
    }

    private void DropBody_NeedsLock(ActiveRun run)
    {
        _heldBytes -= HeldBytes(run);
        run.DropBody();
    }

    private static long HeldBytes(ActiveRun run) => run.Request.BodyBytes is > 0 and var bytes ? bytes + RunBytes : 0;

    private bool HasPlace_NeedsLock(ActiveRun run) =>
        _running.Count < options.Value.MaxParallel && _runningInRoom.GetValueOrDefault(run.Log.Id) < options.Value.MaxParallelPerRoom;

    private void Start_NeedsLock(ActiveRun run)
    {
        _running.Add(run);
        _runningInRoom[run.Log.Id] = _runningInRoom.GetValueOrDefault(run.Log.Id) + 1;
        run.GiveTurn();
    }

    private void FreePlace_NeedsLock(ActiveRun run)
    {
        if (_running.Remove(run))
        {
            if (--_runningInRoom[run.Log.Id] == 0)
                _runningInRoom.Remove(run.Log.Id);
        }
        else if (!_waiting.Remove(run))
        {
            return;
        }

        while (_waiting.Find(HasPlace_NeedsLock) is { } next)
        {
            _waiting.Remove(next);
            Start_NeedsLock(next);
        }

        Renumber_NeedsLock();
    }

    private void Renumber_NeedsLock()
    {
        var counts = new Dictionary<RoomLog, int>();
        foreach (var run in _waiting)
        {
            var position = counts[run.Log] = counts.GetValueOrDefault(run.Log) + 1;
            if (run.Position != position)
                run.MoveTo(position);
        }
    }
}
