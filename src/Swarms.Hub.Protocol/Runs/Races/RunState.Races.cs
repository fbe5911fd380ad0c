namespace Swarms.Hub.Protocol;

/// <content>What a blind group has hidden.</content>
public sealed partial class RunState
{
    /// <summary>Shows what a blind group has hidden of the run.</summary>
    internal void Reveal(RevealedRun revealed)
    {
        if (IsRemoved)
            return;

        _run = _run with
        {
            Kind = revealed.Kind ?? _run.Kind,
            Agent = revealed.Agent,
            Reserved = revealed.Reserved,
            JobId = revealed.JobId,
            Usage = revealed.Usage,
            Error = revealed.Error ?? _run.Error,
        };
        _current = null;
    }
}
