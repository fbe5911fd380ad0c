using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>One event of the upstream that is held.</summary>
/// <param name="Event">The event; null for the run's ending.</param>
/// <param name="Ending">The ending; null for every other event.</param>
/// <param name="Start">The place in the lane's text at which it came.</param>
/// <param name="End">The place behind its text; the same for an event without text.</param>
/// <param name="ReceivedAt">The timestamp of its coming.</param>
/// <param name="Committed">Completes when it is in the lane.</param>
internal sealed record HeldItem(UpstreamEvent? Event, RunEnding? Ending, int Start, int End, long ReceivedAt, Task Committed)
{
    /// <summary>True if a host released it with everything that was held.</summary>
    public bool IsFreed { get; set; }

    /// <summary>True if it tells nothing of the answer but its end and size. It follows the text that was released.</summary>
    public bool IsClosing => Event is { Type: EventTypes.Usage } || Ending is { Type: EventTypes.Done };
}
