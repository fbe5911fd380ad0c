namespace Swarms.Hub.Runs;

/// <summary>
/// Decides whether a run may start, and follows it until it is over. Gates are asked in the order in which they were added; the first that
/// refuses decides. Each method is called once a run at most, in the order below, by one thread at a time for one run. Gates keep their
/// own locks: calls for different runs come from any thread. No method may wait.
/// </summary>
internal interface IRunGate
{
    /// <summary>Takes the run in, or throws the refusal. A run that a later gate refuses is given back by <see cref="Leave"/>.</summary>
    void Enter(ActiveRun run);

    /// <summary>The upstream has the run's request.</summary>
    void Sent(ActiveRun run)
    {
    }

    /// <summary>The run calls the upstream no more. Its ending becomes visible after this, and never before.</summary>
    void Finished(ActiveRun run)
    {
    }

    /// <summary>The run is over, or was not started after all. <see cref="Sent"/> and <see cref="Finished"/> may have been left out.</summary>
    void Leave(ActiveRun run);
}
