using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>A run's stop from outside.</summary>
/// <param name="Ending">The type of the run's ending event.</param>
/// <param name="Reason">The reason in that event; null if a host gave none.</param>
/// <param name="By">The member who asked for it; null if the hub stopped the run.</param>
internal sealed record RunStop(string Ending, string? Reason, string? By)
{
    public static RunStop Requested(string by) => new(EventTypes.Cancelled, RunReasons.Requested, by);

    /// <summary>The run took longer than it may; its ending is an error.</summary>
    public static RunStop TooLong { get; } = new(EventTypes.Error, ErrorCodes.TooLong, null);

    /// <summary>The member who started it left, or may not start runs any more; <paramref name="by"/> caused that.</summary>
    public static RunStop AccessLost(string reason, string? by) => new(EventTypes.Cancelled, reason, by);

    /// <summary>The budget is used up, and says that running runs stop then.</summary>
    public static RunStop OverBudget { get; } = new(EventTypes.Cancelled, RunReasons.OverBudget, null);

    /// <summary>A host declined the proposal, with a reason of its own.</summary>
    public static RunStop Declined(string by, string? reason) => new(EventTypes.Declined, reason, by);

    /// <summary>The hub stops, and takes the proposal up again at its next start: it has no ending yet.</summary>
    public static RunStop Suspended { get; } = new("", null, null);

    public static RunStop HubStopped { get; } = new(EventTypes.Interrupted, RunReasons.HubStopped, null);
}
