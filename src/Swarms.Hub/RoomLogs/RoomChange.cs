using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// What a commit changes beside the log, in the same transaction: tables that answer questions a log answers slowly (members, runs), and
/// what is no history (tokens, invites). Each feature derives its own changes and has an applier of its own in Storage/Model. These two
/// are the log's.
/// </summary>
internal abstract record RoomChange
{
    /// <summary>The commit is the room's first: the store gives it a number, and its chain begins at the log's link 0.</summary>
    internal sealed record CreateRoom(Room Room) : RoomChange;

    /// <summary>
    /// The room is gone at once, and its rows slice by slice. Its members' tokens stay, so that they can be told that it is gone.
    /// </summary>
    internal sealed record DeleteRoom(DateTimeOffset At) : RoomChange;
}
