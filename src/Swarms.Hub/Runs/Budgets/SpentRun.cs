using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>The addition to the commit of a run's ending: the sums that it changed, and warnings. Empty if the run spent nothing.</summary>
internal sealed record SpentRun(IReadOnlyList<PendingEvent> Events, IReadOnlyList<RoomChange> Changes)
{
    public static SpentRun Nothing { get; } = new([], []);
}
