using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>Why a run was stopped from outside.</summary>
/// <param name="Ending">The type of its ending event.</param>
/// <param name="Reason">What the event says.</param>
/// <param name="By">The member who asked; null where nobody did.</param>
internal sealed record RunStop(string Ending, string Reason, string? By)
{
    public static RunStop Requested(string by) => new(EventTypes.Cancelled, RunReasons.Requested, by);

    public static RunStop HubStopped { get; } = new(EventTypes.Interrupted, RunReasons.HubStopped, null);
}
