namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="Run.State"/>. An ended run's state is the type of its ending event.</summary>
public static class RunStates
{
    /// <summary>The run waits for a host's decision.</summary>
    public const string Proposed = "proposed";

    /// <summary>The run waits for its turn, or for the upstream's limit.</summary>
    public const string Queued = "queued";

    /// <summary>The upstream is being called or answers.</summary>
    public const string Running = "running";

    /// <summary>True once the run has its ending event.</summary>
    public static bool HasEnded(string state) => EventTypes.IsEnding(state);
}
