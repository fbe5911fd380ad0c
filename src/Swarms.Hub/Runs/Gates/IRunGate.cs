using Swarms.Hub.Errors;

namespace Swarms.Hub.Runs;

/// <summary>
/// Decides whether a run may start, and follows it until it is over. Gates are asked in the order in which they were added, and the first
/// refusal counts. For each run the methods are called at most once (but <see cref="Enter(ActiveRun)"/> and
/// <see cref="Leave"/> again for a proposal whose approval failed), in the order below, by one thread at a time. Gates need their own
/// locks, because calls for different runs come from any thread. No method may wait.
/// </summary>
internal interface IRunGate
{
    /// <summary>
    /// True if a proposal is asked when it comes, because it counts while it waits; false if it is asked once it is approved.
    /// </summary>
    bool AsksProposals => false;

    /// <summary>Admits the run or throws the refusal. If a later gate refuses it, <see cref="Leave"/> follows.</summary>
    void Enter(ActiveRun run);

    /// <summary>
    /// Admits the runs of a group, or throws the refusal of one. Then <see cref="Leave"/> was called for those before it.
    /// </summary>
    void Enter(IReadOnlyList<ActiveRun> runs)
    {
        var entered = 0;
        try
        {
            for (; entered < runs.Count; entered++)
                Enter(runs[entered]);
        }
        catch
        {
            while (entered > 0)
                Leave(runs[--entered]);

            throw;
        }
    }

    /// <summary>Returns the refusal of a run that waited for its turn, which is its ending; null if it may start.</summary>
    HubErrorException? RefuseTurn(ActiveRun run) => null;

    /// <summary>The upstream takes no call at the moment. Another turn follows after <see cref="Return"/>. Both may come again.</summary>
    void Wait(ActiveRun run)
    {
    }

    /// <summary>The run is to have another turn, before those of its room that wait for their first one.</summary>
    void Return(ActiveRun run)
    {
    }

    /// <summary>The upstream has the run's request.</summary>
    void Sent(ActiveRun run)
    {
    }

    /// <summary>The run no longer calls the upstream. Its ending becomes visible after this call, never before.</summary>
    void Finished(ActiveRun run)
    {
    }

    /// <summary>The run is over or was not started. Calls of <see cref="Sent"/> and <see cref="Finished"/> may be missing.</summary>
    void Leave(ActiveRun run);
}
