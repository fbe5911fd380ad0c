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

    /// <summary>Takes the run in. Refuses with <c>draining</c>, or as a gate does; then no gate holds anything of it.</summary>
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
                // Again: a hub that began to drain meanwhile has looked at its runs already.
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

    /// <summary>The run calls the upstream no more.</summary>
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

    /// <summary>From now on nothing is admitted.</summary>
    public void Drain()
    {
        lock (_lock)
            _isDraining = true;
    }

    private void RefuseWhileDraining()
    {
        if (IsDraining)
            throw new HubErrorException(ErrorCodes.Draining, "The hub is stopping and starts no more runs. Try again in a moment.", TimeSpan.FromSeconds(10));
    }
}
