using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>The port to the viewers of a room for notices that are not history. Delivered at most once. Safe from any thread.</summary>
internal interface IRoomNotices
{
    /// <summary>
    /// Sends the changes to everybody who watches the room but the newcomers, and these the whole. Notices of one room reach a connection
    /// in the order of the calls. Completes when the slowest viewer has taken the notice.
    /// </summary>
    Task SendPresenceAsync(string roomId, PresenceNotice notice);

    /// <summary>Sends these members of the room how others follow it. Completes when the slowest of them has taken the notice.</summary>
    Task SendWatchingAsync(string roomId, IEnumerable<string> memberIds, RoomWatching changes);
}
