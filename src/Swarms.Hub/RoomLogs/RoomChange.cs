using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// A change of rows in the transaction of a commit. The rows answer questions that the log answers slowly (members, runs), or are no
/// history (tokens, invites). Each feature derives its own changes and has its own applier in Storage/Model. These three are the log's.
/// </summary>
internal abstract record RoomChange
{
    /// <summary>Creates the room in its first commit. The store gives it a number, and its chain begins at the log's link 0.</summary>
    internal sealed record CreateRoom(Room Room) : RoomChange;

    /// <summary>
    /// Gives the room another name or other settings. The commit fails with <c>conflict</c> if either was changed meanwhile, and with
    /// <c>unauthenticated</c> or <c>forbidden</c> if <paramref name="By"/> is no host any more.
    /// </summary>
    /// <param name="Before">The room as it was.</param>
    /// <param name="After">The room from now on.</param>
    /// <param name="By">The host who changes it; null without a check.</param>
    internal sealed record ChangeRoom(Room Before, Room After, string? By = null) : RoomChange;

    /// <summary>
    /// Deletes the room at once and its rows slice by slice. Tokens stay, so that their holders learn that the room is gone.
    /// The commit fails with <c>unauthenticated</c> or <c>forbidden</c> if <paramref name="By"/> is no host any more, and with
    /// <c>conflict</c> if something has happened since <paramref name="IdleSince"/>.
    /// </summary>
    /// <param name="At">The time of the deletion.</param>
    /// <param name="By">The host who deletes it; null without a check.</param>
    /// <param name="IdleSince">The time since which nothing may have happened; null to delete in any case.</param>
    internal sealed record DeleteRoom(DateTimeOffset At, string? By = null, DateTimeOffset? IdleSince = null) : RoomChange;
}
