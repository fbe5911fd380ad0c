using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>Chooses the way that a run's events take. Safe from any thread. Next: <see cref="RoomOutput"/>.</summary>
internal sealed class RunOutputs(RunRegistry registry, RunBudgets budgets, TimeProvider time)
{
    /// <summary>Opens the output of a run that is queued or proposed. The run's loop disposes it, if it can be disposed.</summary>
    public IRunOutput Open(ActiveRun run, RunState state)
    {
        var room = new RoomOutput(run, state, registry, budgets, time);
        return run.Race is { IsBlind: true } ? new BlindOutput(run, room, time) : room;
    }
}
