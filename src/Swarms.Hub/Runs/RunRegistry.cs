using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>The runs that have not ended: proposals, and those that every gate has admitted. Safe from any thread.</summary>
internal sealed class RunRegistry(IEnumerable<IRunGate> gates, IOptions<RunOptions> options)
{
    private readonly IRunGate[] _gates = [.. gates];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ActiveRun> _runs = [];
    private bool _isDraining;

    /// <summary>The number of runs that have not ended.</summary>
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

    /// <summary>Returns the runs of a room, or all, those that wait first: who stops them in this order starts none by it.</summary>
    public IReadOnlyList<ActiveRun> All(string? roomId = null)
    {
        lock (_lock)
            return [.. _runs.Values.Where(run => roomId is null || run.Log.Id == roomId).OrderByDescending(run => run.Position)];
    }

    /// <summary>
    /// Takes a proposal, whose approval admits it. Refuses with <c>draining</c>, with <c>queue_full</c>, or with a gate's refusal, and then
    /// no gate keeps the run.
    /// </summary>
    public void Propose(ActiveRun run) => Enter([run], gate => gate.AsksProposals, isNew: true);

    /// <summary>Admits the runs of a group. Refuses as <see cref="Admit(ActiveRun)"/> does, and then no gate keeps any of them.</summary>
    public void Admit(RunRace race) => Enter(race.Runs, _ => true, isNew: true);

    /// <summary>
    /// Admits the run by the gates that it has not passed as a proposal. Refuses with <c>draining</c> or with a gate's refusal, and then
    /// none of these gates keeps the run.
    /// </summary>
    public void Admit(ActiveRun run) => Enter([run], gate => !run.IsProposed || !gate.AsksProposals, isNew: !run.IsProposed);

    /// <summary>Takes back the admission of a proposal whose approval was not stored.</summary>
    public void Unadmit(ActiveRun run)
    {
        foreach (var gate in _gates.Where(gate => !gate.AsksProposals))
            gate.Leave(run);

        run.TakeTurnBack();
    }

    private void Enter(IReadOnlyList<ActiveRun> runs, Func<IRunGate, bool> isAsked, bool isNew)
    {
        RefuseWhileDraining();
        var entered = new Stack<IRunGate>();
        try
        {
            foreach (var gate in _gates.Where(isAsked))
            {
                gate.Enter(runs);
                entered.Push(gate);
            }

            lock (_lock)
            {
                // The check is repeated, because a drain that began meanwhile has already listed the runs.
                RefuseWhileDraining();
                foreach (var run in isNew ? runs : [])
                    Add_NeedsLock(run);
            }
        }
        catch
        {
            foreach (var gate in entered)
            {
                foreach (var run in runs)
                    gate.Leave(run);
            }

            throw;
        }
    }

    private void Add_NeedsLock(ActiveRun run)
    {
        if (run.IsProposed && _runs.Values.Count(other => other.Log == run.Log && other.IsProposed) >= options.Value.MaxProposedPerRoom)
        {
            throw new HubErrorException(
                ErrorCodes.QueueFull,
                $"No more than {options.Value.MaxProposedPerRoom} proposals can wait in this room. Propose it again when a host has "
                + "decided about one.",
                TimeSpan.FromSeconds(10));
        }

        _runs.Add(run.Id, run);
    }

    /// <summary>Returns the refusal of a run whose turn has come; null if it may start.</summary>
    public HubErrorException? RefuseTurn(ActiveRun run) =>
        _gates.Select(gate => gate.RefuseTurn(run)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>The run's upstream takes no call at the moment.</summary>
    public void Wait(ActiveRun run)
    {
        foreach (var gate in _gates)
            gate.Wait(run);
    }

    /// <summary>The run waits for another turn.</summary>
    public void Return(ActiveRun run)
    {
        foreach (var gate in _gates)
            gate.Return(run);
    }

    /// <summary>The upstream has the run's request.</summary>
    public void Sent(ActiveRun run)
    {
        foreach (var gate in _gates)
            gate.Sent(run);
    }

    /// <summary>The run no longer calls the upstream.</summary>
    public void Finished(ActiveRun run)
    {
        foreach (var gate in _gates)
            gate.Finished(run);
    }

    /// <summary>The run is over.</summary>
    public void Remove(ActiveRun run)
    {
        lock (_lock)
        {
            if (!_runs.Remove(run.Id))
                return;
        }

        foreach (var gate in _gates)
            gate.Leave(run);
    }

    /// <summary>Refuses every run from now on.</summary>
    public void Drain()
    {
        lock (_lock)
            _isDraining = true;
    }

    private void RefuseWhileDraining()
    {
        if (IsDraining)
        {
            throw new HubErrorException(
                ErrorCodes.Draining, "The hub is stopping and starts no more runs. Try again in a moment.", TimeSpan.FromSeconds(10));
        }
    }
}
