using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>Chooses the way that a run's events take. Safe from any thread. Next: <see cref="RoomOutput"/>.</summary>
internal sealed class RunOutputs(
    RunRegistry registry, RunBudgets budgets, RoomWatchers watchers, IOptions<RunOptions> options, TimeProvider time,
    ILogger<HeldOutput> logger)
{
    /// <summary>Opens the output of a run that is queued or proposed. The run's loop disposes it, if it can be disposed.</summary>
    public IRunOutput Open(ActiveRun run, RunState state)
    {
        var room = new RoomOutput(run, state, registry, budgets, time);
        IRunOutput output = room;
        if (run.Lane is { } lane)
        {
            var hosts = new HostWatch(run.Log, watchers, time);
            output = run.Held = new HeldOutput(run, lane, room, registry, hosts, options.Value.HostAbsence, time, logger);
        }

        // A blind run tells the hosts at its lane no more than everybody else.
        return run.Race is { IsBlind: true } ? new BlindOutput(run, output, time) : output;
    }
}
