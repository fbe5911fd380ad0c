using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>The runs that have not ended, each admitted by every gate. Safe from any thread.</summary>
internal sealed class RunRegistry(IEnumerable<IRunGate> gates)
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

    /// <summary>Admits the run. Refuses with <c>draining</c> or with a gate's refusal, and then no gate keeps the run.</summary>
    public void Admit(ActiveRun run)
    {
        RefuseWhileDraining();
        var entered = 0;
        try
        {
            for (; entered < _gates.Length; entered++)
                _gates[entered].Enter(run);

            lock (_lock)
            {
                // The check is repeated, because a drain that began meanwhile has already listed the runs.
                RefuseWhileDraining();
                _runs.Add(run.Id, run);
            }
        }
        catch
        {
            while (entered > 0)
                _gates[--entered].Leave(run);

            throw;
        }
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
