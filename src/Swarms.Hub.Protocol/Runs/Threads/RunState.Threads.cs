namespace Swarms.Hub.Protocol;

/// <content>Its thread. These are read without building its text.</content>
public sealed partial class RunState
{
    /// <summary>True once the upstream was called.</summary>
    public bool HasStarted => _run.StartedAt is not null;

    /// <summary>Its place in its thread; null without one.</summary>
    public RunThread? Thread => _run.Thread;
}
