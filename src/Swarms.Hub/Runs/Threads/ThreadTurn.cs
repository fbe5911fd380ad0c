using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>One run of a thread, as the next one may get it.</summary>
/// <param name="Run">The run without its texts.</param>
/// <param name="Task">What was asked; null if it is gone, or too long.</param>
/// <param name="Text">What was answered; null if there is none, or it is too long.</param>
/// <param name="Bytes">The length of both in UTF-8.</param>
internal sealed record ThreadTurn(Run Run, string? Task, string? Text, long Bytes)
{
    /// <summary>True if a host removed the run: nothing of it is sent.</summary>
    public bool IsRemoved => Run.RemovedAt is not null;
}
