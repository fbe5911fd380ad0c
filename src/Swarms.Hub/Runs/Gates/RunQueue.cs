using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The places at the upstream and the queues for them. A room's runs start in the order of their <c>run.queued</c>; among rooms, the run
/// that has waited longest comes first. The runs of a group start together, and places are kept free for a group that has waited longest.
/// A run whose upstream takes no call gives its place to others, and comes first when it returns. Refuses with <c>queue_full</c>. Safe
/// from any thread.
/// </summary>
internal sealed class RunQueue(IOptions<RunOptions> options) : IRunGate
{
    private readonly Lock _lock = new();
    private readonly List<ActiveRun> _waiting = [];
    private readonly HashSet<ActiveRun> _running = [];
    private readonly HashSet<ActiveRun> _limited = [];
    private readonly Dictionary<RoomLog, int> _runningInRoom = [];

    /// <summary>Returns the number of runs that call an upstream, wait for their turn, and wait for an upstream's limit.</summary>
    public (int Running, int Queued, int Waiting) Count()
    {
        lock (_lock)
            return (_running.Count, _waiting.Count, _limited.Count);
    }

    /// <summary>Gives the run its place; with <see cref="ActiveRun.Position"/> 0 it has its turn at once.</summary>
    public void Enter(ActiveRun run) => Enter([run]);

    /// <summary>Gives the runs of a group their places; with position 0 all of them have their turn at once.</summary>
    public void Enter(IReadOnlyList<ActiveRun> runs)
    {
        lock (_lock)
        {
            if (runs.Count(run => run.Solitude != RunSolitude.None) > 1)
                throw NotTogether();

            var waitingInRoom = _waiting.Count(other => other.Log == runs[0].Log);
            var limitedInRoom = _limited.Count(other => other.Log == runs[0].Log);
            // Those that wait for an upstream have no place, and each holds a request all the same.
            if (limitedInRoom > 0
                && limitedInRoom + waitingInRoom + runs.Count > options.Value.MaxQueuedPerRoom + options.Value.MaxParallelPerRoom)
            {
                throw QueueFull();
            }

            // A group that could begin but for the places of the hub is waiting for them, and nobody may take one before it.
            if (waitingInRoom == 0 && !FindNext_NeedsLock().IsKeepingPlaces && HasPlaces_NeedsLock(runs) == Places.Free)
            {
                Start_NeedsLock(runs);
                return;
            }

            if (waitingInRoom + runs.Count > options.Value.MaxQueuedPerRoom)
                throw QueueFull();

            _waiting.AddRange(runs);
            foreach (var run in runs)
                run.MoveTo(++waitingInRoom);
        }
    }

    /// <summary>Frees the place of a run whose upstream takes no call at the moment.</summary>
    public void Wait(ActiveRun run)
    {
        lock (_lock)
        {
            if (!_running.Contains(run))
                return;

            _limited.Add(run);
            LeavePlace_NeedsLock(run);
            StartWaiting_NeedsLock();
        }
    }

    /// <summary>Gives the run its turn again, now or before all others that wait.</summary>
    public void Return(ActiveRun run)
    {
        lock (_lock)
        {
            if (!_limited.Remove(run))
                return;

            run.TakeTurnBack();
            if (!FindNext_NeedsLock().IsKeepingPlaces && HasPlaces_NeedsLock([run]) == Places.Free)
            {
                Start_NeedsLock([run]);
                return;
            }

            _waiting.Insert(0, run);
            Renumber_NeedsLock();
        }
    }

    public void Finished(ActiveRun run) => Leave(run);

    /// <summary>Frees the run's place for the longest waiting run that may take it.</summary>
    public void Leave(ActiveRun run)
    {
        lock (_lock)
        {
            if (_limited.Remove(run))
                return;

            if (_running.Contains(run))
                LeavePlace_NeedsLock(run);
            else if (!_waiting.Remove(run))
                return;

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

    private void LeavePlace_NeedsLock(ActiveRun run)
    {
        _running.Remove(run);
        if (--_runningInRoom[run.Log] == 0)
            _runningInRoom.Remove(run.Log);
    }

    private void StartWaiting_NeedsLock()
    {
        // A room's runs start in their order: one without a place holds back those behind it.
        while (FindNext_NeedsLock().Runs is { } next)
        {
            foreach (var run in next)
                _waiting.Remove(run);

            Start_NeedsLock(next);
            Renumber_NeedsLock();
        }
    }

    // The runs that start next, or null; and whether a group keeps the free places of the hub.
    private (IReadOnlyList<ActiveRun>? Runs, bool IsKeepingPlaces) FindNext_NeedsLock()
    {
        foreach (var first in _waiting.Where(run => run.Position <= 1))
        {
            var runs = TogetherWith_NeedsLock(first);
            switch (HasPlaces_NeedsLock(runs))
            {
                case Places.Free:
                    return (runs, false);
                case Places.NotInHub:
                    return (null, true);
            }
        }

        return (null, false);
    }

    // A group whose room got fewer places meanwhile starts in parts: waiting for more would hold its room back for ever.
    private IReadOnlyList<ActiveRun> TogetherWith_NeedsLock(ActiveRun first) => first.Race is { } race
        ? [.. _waiting.Where(run => run.Race == race).Take(Math.Max(1, Math.Min(PlacesOf(first), options.Value.MaxParallel)))]
        : [first];

    private Places HasPlaces_NeedsLock(IReadOnlyList<ActiveRun> runs)
    {
        var first = runs[0];
        if (_runningInRoom.GetValueOrDefault(first.Log) + runs.Count > PlacesOf(first))
            return Places.NotInRoom;

        if (_running.Any(other => runs.Any(run => AreApart(run, other))))
            return Places.NotInRoom;

        return _running.Count + runs.Count > options.Value.MaxParallel ? Places.NotInHub : Places.Free;
    }

    private int PlacesOf(ActiveRun run) =>
        Math.Min(run.Log.Query(state => state.Room.Settings?.Budget?.ParallelRuns) ?? int.MaxValue, options.Value.MaxParallelPerRoom);

    private static bool AreApart(ActiveRun one, ActiveRun other)
    {
        if (one.Race is { } race && race == other.Race)
            return false;

        var (own, others) = (SolitudeOf(one), SolitudeOf(other));
        return own != RunSolitude.None
            && ((own == RunSolitude.InHub && others == RunSolitude.InHub) || (others != RunSolitude.None && one.Log == other.Log));
    }

    // One run of a blind group may not tell by who waits for it that nothing bounds it.
    private static RunSolitude SolitudeOf(ActiveRun run) => run.Race is { IsBlind: true } race ? race.Solitude : run.Solitude;

    private void Start_NeedsLock(IEnumerable<ActiveRun> runs)
    {
        foreach (var run in runs)
        {
            _running.Add(run);
            _runningInRoom[run.Log] = _runningInRoom.GetValueOrDefault(run.Log) + 1;
            run.GiveTurn();
        }
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

    private HubErrorException QueueFull() => new(
        ErrorCodes.QueueFull,
        $"No more than {options.Value.MaxQueuedPerRoom} runs can wait in this room. Start it again when one has ended.",
        TimeSpan.FromSeconds(10));

    private static HubErrorException NotTogether() => new(
        ErrorCodes.Invalid,
        "The runs of a group start together, and nothing bounds the tokens or the cost of more than one of these: they would run one after "
        + "another in this room. Give them max_tokens.");

    private enum Places
    {
        Free,

        /// <summary>Runs of the room, or such as may not run beside it, are in the way.</summary>
        NotInRoom,

        /// <summary>Only the hub's own places are too few.</summary>
        NotInHub,
    }
}
