using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The places at the upstream and the queues for them. A room's runs start in the order of their <c>run.queued</c>; among rooms, the run
/// that has waited longest comes first. Refuses with <c>queue_full</c>. Safe from any thread.
/// </summary>
internal sealed class RunQueue(IOptions<RunOptions> options) : IRunGate
{
    private readonly Lock _lock = new();
    private readonly List<ActiveRun> _waiting = [];
    private readonly HashSet<ActiveRun> _running = [];
    private readonly Dictionary<RoomLog, int> _runningInRoom = [];

    /// <summary>Gives the run its place; with <see cref="ActiveRun.Position"/> 0 it has its turn at once.</summary>
    public void Enter(ActiveRun run)
    {
        lock (_lock)
        {
            var waitingInRoom = _waiting.Count(other => other.Log == run.Log);
            if (waitingInRoom == 0 && HasPlace_NeedsLock(run))
            {
                Start_NeedsLock(run);
                return;
            }

            if (waitingInRoom >= options.Value.MaxQueuedPerRoom)
            {
                throw new HubErrorException(
                    ErrorCodes.QueueFull,
                    $"No more than {options.Value.MaxQueuedPerRoom} runs can wait in this room. Start it again when one has ended.",
                    TimeSpan.FromSeconds(10));
            }

            _waiting.Add(run);
            run.MoveTo(waitingInRoom + 1);
        }
    }

    public void Finished(ActiveRun run) => Leave(run);

    /// <summary>Frees the run's place for the longest waiting run that may take it.</summary>
    public void Leave(ActiveRun run)
    {
        lock (_lock)
        {
            if (_running.Remove(run))
            {
                if (--_runningInRoom[run.Log] == 0)
                    _runningInRoom.Remove(run.Log);
            }
            else if (!_waiting.Remove(run))
            {
                return;
            }

            Renumber_NeedsLock();
            StartWaiting_NeedsLock();
        }
    }

    /// <summary>Starts the runs that have a place now, because a room's limit was raised.</summary>
    public void Reconsider()
    {
        lock (_lock)
            StartWaiting_NeedsLock();
    }

    private void StartWaiting_NeedsLock()
    {
        // A room's runs start in their order: one without a place holds back those behind it.
        while (_waiting.Find(run => run.Position <= 1 && HasPlace_NeedsLock(run)) is { } next)
        {
            _waiting.Remove(next);
            Start_NeedsLock(next);
            Renumber_NeedsLock();
        }
    }

    private bool HasPlace_NeedsLock(ActiveRun run)
    {
        var own = run.Log.Query(state => state.Room.Settings?.Budget?.ParallelRuns) ?? int.MaxValue;
        return _running.Count < options.Value.MaxParallel
            && _runningInRoom.GetValueOrDefault(run.Log) < Math.Min(own, options.Value.MaxParallelPerRoom)
            && (run.Solitude == RunSolitude.None || !_running.Any(other => AreApart(run, other)));
    }

    private static bool AreApart(ActiveRun one, ActiveRun other) =>
        (one.Solitude == RunSolitude.InHub && other.Solitude == RunSolitude.InHub)
        || (other.Solitude != RunSolitude.None && one.Log == other.Log);

    private void Start_NeedsLock(ActiveRun run)
    {
        _running.Add(run);
        _runningInRoom[run.Log] = _runningInRoom.GetValueOrDefault(run.Log) + 1;
        run.GiveTurn();
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
