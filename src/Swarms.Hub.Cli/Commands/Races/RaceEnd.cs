using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Waits for the end of a race.</summary>
internal static class RaceEnd
{
    /// <summary>Returns the runs with their whole texts once all of them have ended.</summary>
    public static async Task<IReadOnlyList<Run>> WaitAsync(RoomClient room, RunGroup group, CancellationToken cancellationToken)
    {
        await foreach (var _ in room.WatchAsync(cancellationToken))
        {
            // A room forgets runs that ended long ago.
            if (room.State is { } state && group.Runs.All(id => state.FindRun(id) is not { } run || RunStates.HasEnded(run.State)))
                break;
        }

        var runs = new List<Run>();
        foreach (var id in group.Runs)
            runs.Add(await room.GetRunAsync(id, cancellationToken));

        return runs;
    }
}
