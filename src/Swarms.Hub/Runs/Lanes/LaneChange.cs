using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Changes of a lane, each in the commit of its event.</summary>
internal abstract record LaneChange : RoomChange
{
    /// <summary>
    /// Masks or releases, as the commit's events say. The commit fails with <c>unauthenticated</c> or <c>forbidden</c> if
    /// <paramref name="By"/> is no host of the lane's room any more.
    /// </summary>
    /// <param name="By">The host who decides; null without a check.</param>
    internal sealed record Decide(string? By) : LaneChange;
}
